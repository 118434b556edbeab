import type { DemoPart } from '#core/contract/demo.ts';

/** The demo's switch: plays the recorded calls, over and over, to the desk of extension 1001. */
export const demo: DemoPart = {
  connectionName: 'Recorded calls',
  start: async () => ({
    config: { loop: true, speed: 1, gapSecs: 5 },
    pageUrl: null,
    extension: '1001',
    contacts: [
      person('John', 'Smith', '+14155550123', { jobTitle: 'Operations Manager', accountName: 'Bayview Logistics' }),
      person('Jörg', 'Müller', '+4930901820', { jobTitle: 'Einkaufsleiter', accountName: 'Müller & Söhne GmbH' }),
      person('小明', '王', '+8613800138000', { jobTitle: '采购经理', accountName: '远航贸易有限公司' }),
      person('José', 'Núñez-Ångström', '+33142278186', {
        jobTitle: 'Directeur technique',
        accountName: 'Atelier Lumière',
      }),
      person('Dana', 'Reyes', '+14155550188', { jobTitle: 'Office Manager', accountName: 'Harbor Dental' }),
    ],
    close: async () => undefined,
  }),
};

function person(firstName: string, lastName: string, phone: string, work: { jobTitle: string; accountName: string }) {
  return { firstName, lastName, phone, email: null, ...work };
}
