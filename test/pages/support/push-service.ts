/** Headless Chromium has no push service: what that would answer is put in its place, everything else is real. */
export const pushService = `
  const subscription = {
    endpoint: 'https://push.example.org/phone',
    toJSON: () => ({ endpoint: 'https://push.example.org/phone', expirationTime: null, keys: { p256dh: 'B' + 'x'.repeat(86), auth: 'y'.repeat(22) } }),
    unsubscribe: async () => { sessionStorage.removeItem('subscribed'); return true; },
  };
  PushManager.prototype.subscribe = async () => { sessionStorage.setItem('subscribed', 'yes'); return subscription; };
  PushManager.prototype.getSubscription = async () => (sessionStorage.getItem('subscribed') ? subscription : null);
  Notification.requestPermission = async () => 'granted';
  Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
`;
