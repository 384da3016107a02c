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
] as const;

export const startSection = 'start';

type Section = (typeof groups)[number]['sections'][number];
const all: readonly Section[] = groups.flatMap(({ sections }) => [...sections]);

export function sectionOf(name: string | undefined): Section | undefined {
  return all.find((section) => section.name === name);
}
