import { join } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { compress } from './compress.ts';

const web = import.meta.dirname;
const service = process.env.ANJU_DEV_SERVICE ?? 'http://127.0.0.1:8080';

/** `web/` becomes `web/dist`; `npm run dev` serves it while it is edited and asks a running service for data. */
export default defineConfig({
  root: web,
  plugins: [vue(), compress()],
  worker: { format: 'es' },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // Nothing inline: the page's policy forbids it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_200,
    reportCompressedSize: false,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: { index: join(web, 'index.html'), 'service-worker': join(web, 'worker/service-worker.ts') },
      // A service worker keeps its name: the browser asks for it again by that.
      output: { entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { proxy: { '/api': service, '/health': service } },
});
