import { booleanField, integerField, listField, mapField, numberField, secondsField } from '#core/kit/config-fields.ts';
import { z } from 'zod';

export const config = z.strictObject({
  recordings: listField({
    title: { en: 'Recordings', 'zh-CN': '录音通话' },
    help: {
      en: 'Which recorded calls to play, in this order; empty plays all of them. The names are those of the files in connectors/replay/fixtures.',
      'zh-CN': '要依次播放的通话记录；留空则播放全部。名称即 connectors/replay/fixtures 中的文件名。',
    },
    order: 1,
  }).default([]),
  speed: numberField(
    {
      title: { en: 'Speed', 'zh-CN': '速度' },
      help: { en: '1 is real time, 10 is ten times as fast.', 'zh-CN': '1 为实时，10 为十倍速。' },
      order: 2,
    },
    { min: 0.1, max: 1000 },
  ).default(1),
  gapSecs: secondsField(
    {
      title: { en: 'Pause between calls', 'zh-CN': '通话间隔' },
      help: {
        en: 'Time from the end of one recording to the beginning of the next.',
        'zh-CN': '上一段记录结束到下一段开始之间的时间。',
      },
      order: 3,
    },
    { min: 0, max: 3600 },
  ).default(6),
  loop: booleanField({
    title: { en: 'Begin again', 'zh-CN': '循环播放' },
    help: { en: 'Start over after the last recording.', 'zh-CN': '播放完最后一段后重新开始。' },
    order: 4,
  }).default(true),
  calls: integerField(
    {
      title: { en: 'Number of playbacks', 'zh-CN': '播放次数' },
      help: {
        en: 'Stop after so many recordings in total, beginning again as needed; 0 goes by "Begin again".',
        'zh-CN': '总共播放这么多段后停止，必要时循环；0 表示由“循环播放”决定。',
      },
      advanced: true,
    },
    { min: 0, max: 1_000_000 },
  ).default(0),
  callsPerSec: numberField(
    {
      title: { en: 'Playbacks per second', 'zh-CN': '每秒播放数' },
      help: {
        en: 'Starts this many recordings each second whether or not earlier ones have ended; 0 plays one after the other.',
        'zh-CN': '每秒启动这么多段记录，不等待前面的结束；0 表示逐段播放。',
      },
      unit: '1/s',
      advanced: true,
    },
    { min: 0, max: 1000 },
  ).default(0),
  agentMap: mapField({
    title: { en: 'Agents', 'zh-CN': '坐席映射' },
    help: {
      en: 'Recorded extension to the extension it shall be here, like 1002 to 1001.',
      'zh-CN': '把记录中的分机映射为这里的分机，例如 1002 映射为 1001。',
    },
    advanced: true,
  }).default({}),
});

export type ReplayConfig = z.output<typeof config>;
