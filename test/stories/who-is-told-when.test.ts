import { employs, policy } from './support/community.ts';
import { story } from './support/story.ts';

const telephones = { daughter: ['webPush', 'sms', 'voice'], son: ['webhook'], neighbour: ['webhook'] } as const;

story(
  'P1, nobody answers: the family in its order, the grid worker after a minute, the centre after three, and again',
  { family: telephones },
  async (night) => {
    await night.raises('sos');
    night.told('02:10 daughter by sms+webPush: P1 sos');
    await night.moveTo('02:17:59');
    night.told(
      '02:10:30 daughter by voice: P1 sos',
      '02:11 son by webhook: P1 sos',
      '02:11 worker by mqtt+sse: P1 sos',
      '02:12 neighbour by webhook: P1 sos',
      '02:12 worker by mqtt+sse: P1 sos',
      '02:13 operator by mqtt+sse: P1 sos',
    );
    await night.moveTo('02:18:30');
    night.told('02:18 daughter by sms+webPush: P1 sos', '02:18:30 daughter by voice: P1 sos');
  },
);

story(
  'P2, nobody answers: push, text message, call, the next, the grid worker after 5 minutes, the centre after 15',
  { family: telephones },
  async (night) => {
    await night.raises('fall', { severity: 'P2', suspected: true });
    await night.moveTo('02:40');
    night.told(
      '02:10 daughter by webPush: P2 fall',
      '02:11 daughter by sms: P2 fall',
      '02:12 daughter by voice: P2 fall',
      '02:13 son by webhook: P2 fall',
      '02:15 worker by mqtt+sse: P2 fall',
      '02:18 worker by mqtt+sse: P2 fall',
      '02:25 operator by mqtt+sse: P2 fall',
      '02:40 daughter by webPush: P2 fall',
    );
  },
);

story(
  'P3, nobody answers: the family once, the grid worker after 15 minutes and by telephone after an hour, the centre after two',
  { family: telephones },
  async (night) => {
    employs(night, 'worker', 'responder', ['voice']);
    await night.raises('inactivity', { severity: 'P3' });
    await night.moveTo('05:00');
    night.told(
      '02:10:30 daughter by webPush: P3 inactivity',
      '02:25:30 worker by sse: P3 inactivity',
      '03:10:30 worker by voice: P3 inactivity',
      '04:10:30 operator by sse: P3 inactivity',
    );
  },
);

story(
  'P4: nobody is disturbed at night, and at nine everybody who can do something reads it once',
  { family: telephones },
  async (night) => {
    await night.raises('batteryLow', { severity: 'P4' });
    await night.moveTo('08:59');
    night.told();
    await night.moveTo('10:00');
    night.told('09:00 daughter by webPush: P4 batteryLow', '09:00 worker by sse: P4 batteryLow');
  },
);

story('her own policy comes before her street’s, and that before everybody’s', {}, async (night) => {
  policy(night, { id: 'all', steps: [{ afterS: 0, target: 'centre' }] });
  await night.raises('sos', { subjectId: 'zhao' });
  night.told('02:10 operator by mqtt+sse: P1 sos');
  policy(night, { id: 'street', areaId: 'street', steps: [{ afterS: 0, target: 'responders' }] });
  await night.raises('smoke', { subjectId: 'zhao' });
  night.told('02:10 worker by mqtt+sse: P1 smoke');
  policy(night, { id: 'hers', residentId: 'wang', steps: [{ afterS: 0, target: 'allContacts' }] });
  await night.raises('sos');
  night.told('02:10 daughter by webhook: P1 sos', '02:10 son by webhook: P1 sos');
});

story(
  'smoke goes to the fire watch at once because a policy names it; her calls for help go their usual way',
  {},
  async (night) => {
    employs(night, 'second', 'operator');
    policy(night, {
      types: ['smoke'],
      steps: [
        { afterS: 0, target: 'users', userIds: ['second'] },
        { afterS: 20, target: 'centre' },
      ],
    });
    await night.raises('smoke');
    await night.moveTo('02:10:20');
    night.told(
      '02:10 second by mqtt+sse: P1 smoke',
      '02:10:20 operator by mqtt+sse: P1 smoke',
      '02:10:20 second by mqtt+sse: P1 smoke',
    );
    await night.raises('sos');
    night.told('02:10:20 daughter by webhook: P1 sos');
  },
);

const restful = {
  steps: [
    { afterS: 0, target: 'contacts' },
    { afterS: 600, target: 'centre' },
  ],
  quietHours: { from: '22:00', to: '07:00' },
};

story(
  'quiet hours: what can wait waits for the morning, an emergency in the same night does not',
  { family: { daughter: ['webhook'] } },
  async (night) => {
    policy(night, restful);
    await night.raises('inactivity', { severity: 'P3' });
    await night.moveTo('02:30');
    night.told();
    await night.raises('sos');
    await night.moveTo('02:40');
    night.told('02:30 daughter by webhook: P1 sos', '02:40 operator by mqtt+sse: P1 sos');
    await night.does('operator', 'enRoute', { on: 'sos' });
    await night.does('operator', 'resolve', { on: 'sos', outcome: 'helped' });
  },
);

story(
  'the policy is changed while an alert runs: what was done stays done, and the new steps go on from there',
  {},
  async (night) => {
    await night.raises('sos');
    night.told('02:10 daughter by webhook: P1 sos');
    await night.moveTo('02:10:40');
    policy(night, {
      steps: [
        { afterS: 0, target: 'contacts' },
        { afterS: 45, target: 'centre' },
      ],
    });
    await night.moveTo('02:12');
    night.told('02:10:45 operator by mqtt+sse: P1 sos');
  },
);

story(
  'a step that is written in between and is past already is taken at once, and the rest keeps its time',
  {},
  async (night) => {
    await night.raises('sos');
    await night.moveTo('02:10:40');
    const [first, centre, responders] = [
      { afterS: 0, target: 'contacts' },
      { afterS: 20, target: 'centre' },
      { afterS: 90, target: 'responders' },
    ];
    policy(night, { steps: [first, centre, responders] });
    await night.moveTo('02:12');
    night.told(
      '02:10 daughter by webhook: P1 sos',
      '02:10:41 operator by mqtt+sse: P1 sos',
      '02:11:30 worker by mqtt+sse: P1 sos',
    );
  },
);

story(
  'a policy without a centre, and a family of one: after the last step it is with whoever looks, and nobody is told again',
  {},
  async (night) => {
    policy(night, { steps: [{ afterS: 0, target: 'contacts' }] });
    await night.raises('sos');
    await night.moveTo('03:00');
    night.told('02:10 daughter by webhook: P1 sos');
  },
);
