import { cardOf, inOrder, refreshTimes } from './alerts.js';
import { make } from './elements.js';
import { personOf } from './person.js';
import { ask, follow, Refused, session } from './service.js';
import { currentLanguage, switchLanguage, word } from './words.js';

const byId = (id) => document.getElementById(id);
const working = 'open,acknowledged,enRoute,arrived';

/** Everything the page shows follows from this; `show()` draws it. */
const state = {
  alerts: new Map(),
  residents: new Map(),
  users: new Map(),
  problems: new Map(),
  resolving: undefined,
  selected: undefined,
  live: undefined,
  isLost: false,
  /** A word: `loading`, `failed`, `numbersOnly`; undefined when the list is good. */
  trouble: 'loading',
};
let stream;

const nameOf = {
  /** An alert of an area or of a device of nobody is about no resident. */
  resident: (id) => state.residents.get(id) ?? (/^[@~]/.test(id) ? '' : id),
  user: (id) => state.users.get(id) ?? id ?? '',
};

// ---- Drawing ----

function show() {
  const me = session.get()?.user;
  document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
  byId('language').textContent = word('other');
  byId('leave').textContent = word('logout');
  byId('who').textContent = me?.username ?? '';
  byId('leave').hidden = me === undefined;
  byId('login').hidden = me !== undefined;
  byId('queue').hidden = me === undefined;
  byId('person').hidden = me === undefined || state.residents.size === 0;
  byId('banner').hidden = !(me && state.isLost);
  byId('banner').textContent = word('connectionLost');
  if (me === undefined) return;
  showAlerts(me.id);
  showResidents();
  showLive();
}

function showAlerts(me) {
  const alerts = inOrder(state.alerts.values());
  const emergencies = alerts.filter(({ severity, state: stage }) => severity === 'P1' && stage === 'open').length;
  document.title = emergencies > 0 ? `(${emergencies}) ${word('P1')} – 安居 Anju` : '安居 Anju';
  // Without a connection nobody may be told that all is well.
  byId('quiet').textContent = word(state.trouble ?? (state.isLost ? 'notKnown' : 'allIsWell'));
  byId('quiet').hidden = state.trouble === undefined && alerts.length > 0;
  if (byId('alerts').contains(document.activeElement) && state.resolving && state.alerts.has(state.resolving))
    return showOthers(alerts, me);
  byId('alerts').replaceChildren(...alerts.map((alert) => card(alert, me)));
}

/** Somebody is filling in how it ended: that card stays as it is, whatever happens around it. */
function showOthers(alerts, me) {
  const kept = byId('alerts').querySelector('form.resolve')?.closest('li');
  for (const item of [...byId('alerts').children]) if (item !== kept) item.remove();
  for (const alert of alerts) {
    if (alert.id !== state.resolving) byId('alerts').append(card(alert, me));
  }
}

function card(alert, me) {
  const problem = state.problems.get(alert.id);
  return cardOf(alert, { me, nameOf, problem, isResolving: state.resolving === alert.id, hands });
}

function showResidents() {
  const names = [...state.residents].sort(([, a], [, b]) => a.localeCompare(b, currentLanguage()));
  const options = names.map(([id, name]) => make('option', { value: id, selected: id === state.selected }, name));
  byId('residents').replaceChildren(make('option', { value: '' }, word('choose')), ...options);
  byId('residents').value = state.selected ?? '';
}

function showLive() {
  byId('live').replaceChildren(...(state.live ? personOf(state.live, () => select(state.selected)) : []));
}

// ---- What people do ----

const hands = {
  async act(alert, action) {
    state.problems.delete(alert.id);
    try {
      keep(await ask('POST', `/alerts/${alert.id}/actions`, action));
      state.resolving = undefined;
    } catch (error) {
      state.problems.set(alert.id, sentenceFor(error));
    }
    document.activeElement?.blur();
    show();
  },
  toggle(alert) {
    state.resolving = state.resolving === alert.id ? undefined : alert.id;
    document.activeElement?.blur();
    show();
    document.querySelector('form.resolve select')?.focus();
  },
  show(residentId) {
    void select(residentId).then(() => byId('person').scrollIntoView({ block: 'nearest' }));
  },
};

async function select(residentId) {
  state.selected = residentId || undefined;
  state.live = undefined;
  if (state.selected) state.live = await ask('GET', `/residents/${state.selected}/live`).catch(() => undefined);
  show();
}

function sentenceFor(error) {
  if (!(error instanceof Refused)) return word('notReached');
  return { 401: word('wrongLogin'), 429: word('tooMany') }[error.status] ?? error.message;
}

async function logIn(event) {
  event.preventDefault();
  const form = byId('login');
  const wrong = form.querySelector('.wrong');
  wrong.textContent = '';
  try {
    session.set(await ask('POST', '/session', Object.fromEntries(new FormData(form))));
    form.reset();
    begin();
  } catch (error) {
    wrong.textContent = sentenceFor(error);
  }
}

function leave(reason = '') {
  stream?.stop();
  session.clear();
  Object.assign(state, {
    resolving: undefined,
    selected: undefined,
    live: undefined,
    isLost: false,
    trouble: 'loading',
  });
  for (const table of [state.alerts, state.residents, state.users, state.problems]) table.clear();
  byId('login').querySelector('.wrong').textContent = reason;
  show();
}

// ---- What the service says ----

/** Takes an alert unless a newer copy is known. */
function keep(alert) {
  const known = state.alerts.get(alert.id);
  if (known && known.revision > alert.revision) return;
  if (alert.state === 'resolved') state.alerts.delete(alert.id);
  else state.alerts.set(alert.id, alert);
}

async function readAll() {
  try {
    const alerts = await ask('GET', `/alerts?state=${working}&limit=1000`);
    state.alerts.clear();
    for (const alert of alerts.items) keep(alert);
    const [residents, users] = await Promise.all([
      ask('GET', '/residents?limit=1000'),
      ask('GET', '/users?limit=1000'),
    ]);
    state.residents = new Map(residents.items.map(({ id, name }) => [id, name]));
    state.users = new Map(users.items.map(({ id, username }) => [id, username]));
    state.trouble = undefined;
    // A family with one resident need not choose.
    if (state.selected === undefined && state.residents.size === 1) void select([...state.residents.keys()][0]);
  } catch (error) {
    if (error.status === 401) return leave(word('sessionOver'));
    state.trouble = error.status === 403 ? 'numbersOnly' : 'failed';
  }
  show();
}

const listener = {
  connected() {
    state.isLost = false;
    void readAll();
  },
  lost() {
    state.isLost = true;
    show();
  },
  refused(status) {
    if (status === 401) return leave(word('sessionOver'));
    state.trouble = 'numbersOnly';
    show();
  },
  event(name, data) {
    if (name === 'alert') keep(data);
    else if (name === 'reset') void readAll();
    else if (name === 'position' && state.live && data.residentId === state.selected) state.live.position = data;
    else return;
    show();
  },
};

function begin() {
  stream?.stop();
  stream = follow(listener);
  show();
}

byId('login').addEventListener('submit', logIn);
byId('leave').addEventListener('click', () => {
  void ask('DELETE', '/session').catch(() => undefined);
  leave();
});
byId('language').addEventListener('click', () => {
  switchLanguage();
  show();
});
byId('residents').addEventListener('change', (event) => void select(event.target.value));
setInterval(refreshTimes, 1000);
if (session.get()) begin();
else show();
