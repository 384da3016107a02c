import { readonly, ref } from 'vue';

/** From here on the columns stand side by side; below, one is shown at a time. As in the styles of the room. */
const query = matchMedia('(min-width: 900px)');
const wide = ref(query.matches);
query.addEventListener('change', () => {
  wide.value = query.matches;
});
export const isWide = readonly(wide);
