import { shallowRef } from 'vue';
import { pageSettings } from '../../service/page-settings.ts';

/** The community's time zone: of the service, the browser's until it is known. */
export const communityZone = shallowRef(Intl.DateTimeFormat().resolvedOptions().timeZone);

void pageSettings().then(
  ({ timeZone }) => {
    communityZone.value = timeZone;
  },
  () => undefined, // the browser's stays
);
