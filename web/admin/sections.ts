import { type Component, defineAsyncComponent } from 'vue';
import LoadingState from '../parts/LoadingState.vue';

const loaded = (loader: () => Promise<{ default: Component }>) =>
  defineAsyncComponent({ loader, loadingComponent: LoadingState });

/** What the room is divided into; `forAdmins`: an operator has no business there. A new section is a folder and a line. */
export const groups = [
  {
    name: 'people',
    sections: [
      { name: 'residents', forAdmins: false, page: loaded(() => import('./residents/ResidentsPage.vue')) },
      { name: 'users', forAdmins: false, page: loaded(() => import('./users/UsersPage.vue')) },
    ],
  },
  {
    name: 'places',
    sections: [
      { name: 'areas', forAdmins: false, page: loaded(() => import('./areas/AreasPage.vue')) },
      { name: 'zones', forAdmins: false, page: loaded(() => import('./zones/ZonesPage.vue')) },
      { name: 'devices', forAdmins: false, page: loaded(() => import('./devices/DevicesPage.vue')) },
    ],
  },
  {
    name: 'telling',
    sections: [
      { name: 'duty', forAdmins: false, page: loaded(() => import('./duty/DutyPage.vue')) },
      { name: 'policies', forAdmins: false, page: loaded(() => import('./policies/PoliciesPage.vue')) },
      { name: 'silences', forAdmins: false, page: loaded(() => import('./silences/SilencesPage.vue')) },
    ],
  },
  {
    name: 'oversight',
    sections: [
      { name: 'start', forAdmins: true, page: loaded(() => import('./start/StartPage.vue')) },
      { name: 'exchange', forAdmins: true, page: loaded(() => import('./community/ExchangePage.vue')) },
      { name: 'audit', forAdmins: true, page: loaded(() => import('./oversight/AuditPage.vue')) },
      { name: 'quarantine', forAdmins: true, page: loaded(() => import('./oversight/QuarantinePage.vue')) },
      { name: 'retention', forAdmins: true, page: loaded(() => import('./oversight/RetentionPage.vue')) },
    ],
  },
] as const;

export const startSection = 'start';

type Section = (typeof groups)[number]['sections'][number];
const all: readonly Section[] = groups.flatMap(({ sections }) => [...sections]);

export function sectionOf(name: string | undefined): Section | undefined {
  return all.find((section) => section.name === name);
}
