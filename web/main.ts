import './look/tokens.css';
import './look/base.css';
import './look/print.css';
import { createApp } from 'vue';
import App from './app.vue';
import { router } from './routes.ts';
import { onNotificationPressed } from './service/push.ts';
import { i18n, preferredLanguage, useLanguage } from './words/index.ts';

await useLanguage(preferredLanguage());
createApp(App).use(i18n).use(router).mount('#app');
onNotificationPressed((path) => void router.push(path));
