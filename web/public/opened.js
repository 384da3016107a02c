// The page behind a link in a message: somebody looks at it, so the message is read.
void fetch(`${location.pathname}/read`, { method: 'POST' }).catch(() => undefined);
