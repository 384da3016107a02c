import { readonly, ref } from 'vue';

const key = 'anju.largeText';
const large = ref(localStorage.getItem(key) === 'yes');

/** Everything a third larger, remembered on this device. */
export const largeText = readonly(large);

export function switchLargeText(): void {
  large.value = !large.value;
  localStorage.setItem(key, large.value ? 'yes' : 'no');
  show();
}

function show(): void {
  document.documentElement.toggleAttribute('data-large', large.value);
}

show();
