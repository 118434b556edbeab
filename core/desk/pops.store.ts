import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { deskPolicy } from '#core/contract/api/policies.ts';
import { pop as popSchema, type Pop } from '#core/contract/desk.ts';
import { interaction as interactionSchema, type Interaction } from '#core/contract/interaction.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { defaultPopRules } from './pop-plan.ts';

export type DeskSetting = z.output<typeof deskPolicy>;

/** Keys of the dispositions the hub ships; the dashboard shows them in the user's language. */
const defaultSetting: DeskSetting = {
  popRules: [...defaultPopRules],
  dispositions: ['resolved', 'followUp', 'salesLead', 'wrongNumber', 'noAnswer'],
};

@Injectable()
export class PopsStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async ofInteractions(interactionIds: readonly string[]): Promise<Pop[]> {
    const rows: { body: unknown }[] = await this.dataSource.query(
      `select body from pop where interaction_id = any($1)`,
      [interactionIds],
    );
    return rows.map(({ body }) => popSchema.parse(body));
  }

  async get(popId: string): Promise<Pop | null> {
    const rows: { body: unknown }[] = await this.dataSource.query(`select body from pop where id = $1`, [popId]);
    return rows[0] === undefined ? null : popSchema.parse(rows[0].body);
  }

  /** Pops a desk still shows. */
  async shown(userId: string): Promise<Pop[]> {
    const rows: { body: unknown }[] = await this.dataSource.query(
      `select p.body from pop p join interaction i on i.id = p.interaction_id
       where p.user_id = $1 and p.state <> 'closed' and p.at > now() - interval '12 hours' order by p.at desc limit 20`,
      [userId],
    );
    return rows.map(({ body }) => popSchema.parse(body));
  }

  /** Ended interactions with a pop that nobody closed although its agent never had the call. */
  async leftOver(connectionId: string): Promise<Interaction[]> {
    const rows: { body: unknown }[] = await this.dataSource.query(
      `select distinct on (i.id) i.body from pop p join interaction i on i.id = p.interaction_id
       where p.state <> 'closed' and not p.agent = any(i.agents) and not i.open and i.connection_id = $1`,
      [connectionId],
    );
    return rows.map(({ body }) => interactionSchema.parse(body));
  }

  /** Ended interactions this user was popped for: those taken without a finished wrap-up, and those nobody took. */
  async unfinished(userId: string): Promise<{ toWrapUp: Interaction[]; missed: Interaction[] }> {
    const rows: { body: unknown; kind: string }[] = await this.dataSource.query(
      `select i.body, case when p.agent = any(i.agents) then 'wrapUp' else 'missed' end as kind
       from pop p join interaction i on i.id = p.interaction_id left join wrap_up w on w.interaction_id = i.id and w.user_id = p.user_id
       where p.user_id = $1 and p.at > now() - interval '24 hours' and not i.open
         and ((p.agent = any(i.agents) and not coalesce(w.completed, false)) or i.outcome in ('missed', 'abandoned'))
       order by p.at desc limit 50`,
      [userId],
    );
    const of = (kind: string): Interaction[] =>
      rows.filter((row) => row.kind === kind).map(({ body }) => interactionSchema.parse(body));
    return { toWrapUp: of('wrapUp'), missed: of('missed') };
  }

  async setting(tenantId: string): Promise<DeskSetting> {
    const rows: { pop_rules: unknown; dispositions: unknown }[] = await this.dataSource.query(
      `select pop_rules, dispositions from desk_setting where tenant_id = $1`,
      [tenantId],
    );
    const row = rows[0];
    return row === undefined
      ? defaultSetting
      : deskPolicy.parse({ popRules: row.pop_rules, dispositions: row.dispositions });
  }

  async setSetting(tenantId: string, setting: DeskSetting): Promise<void> {
    await this.dataSource.query(
      `insert into desk_setting (tenant_id, pop_rules, dispositions) values ($1, $2, $3)
       on conflict (tenant_id) do update set pop_rules = excluded.pop_rules, dispositions = excluded.dispositions`,
      [tenantId, JSON.stringify(setting.popRules), JSON.stringify(setting.dispositions)],
    );
  }
}
