// Written by `npm run generate` from the folders beside it. Do not edit.

/**
 * Every connector of this hub. `manifest` is readable at once; `load` imports the definition, which imports the
 * vendor's SDK only when a session is opened. `demo` and `replay` are there when the connector has that part.
 */
export const connectorRegistry = [
  {
    manifest: {
      "id": "asterisk-ami",
      "title": {
        "en": "Asterisk (AMI)",
        "zh-CN": "Asterisk（AMI）"
      },
      "summary": {
        "en": "Asterisk 12 and later, FreePBX, Issabel, VitalPBX and others that open the Asterisk manager interface.",
        "zh-CN": "Asterisk 12 及以上版本，以及 FreePBX、Issabel、VitalPBX 等开放 Asterisk 管理接口的系统。"
      },
      "vendor": "Asterisk",
      "kind": "switch",
      "docsUrl": "https://docs.asterisk.org/Configuration/Interfaces/Asterisk-Manager-Interface-AMI/"
    },
    load: async () => (await import('./asterisk-ami/index.ts')).default,
    demo: null,
    replay: () => import('./asterisk-ami/replay.ts'),
  },
  {
    manifest: {
      "id": "hubspot",
      "title": {
        "en": "HubSpot",
        "zh-CN": "HubSpot"
      },
      "summary": {
        "en": "Finds callers among the contacts and logs each call once as a call activity.",
        "zh-CN": "按号码查找联系人，并将每通电话作为一条通话活动记录一次。"
      },
      "vendor": "HubSpot",
      "kind": "crm",
      "docsUrl": "https://developers.hubspot.com/docs/api/overview"
    },
    load: async () => (await import('./hubspot/index.ts')).default,
    demo: () => import('./hubspot/demo.ts'),
    replay: null,
  },
  {
    manifest: {
      "id": "replay",
      "title": {
        "en": "Recorded calls",
        "zh-CN": "通话回放"
      },
      "summary": {
        "en": "Plays calls recorded from a real Asterisk as if a switch reported them now. For the demo and for tests.",
        "zh-CN": "把真实 Asterisk 上录下的通话当作交换机实时上报来播放，用于演示和测试。"
      },
      "vendor": "Tieline",
      "kind": "demo"
    },
    load: async () => (await import('./replay/index.ts')).default,
    demo: () => import('./replay/demo.ts'),
    replay: null,
  },
] as const;
