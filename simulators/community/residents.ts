import type { Contact, Resident } from '../../model/people.ts';
import { moved } from '../ground.ts';
import type { Random } from '../random.ts';
import { centre } from './places.ts';

const surnames = ['陈', '林', '黄', '张', '李', '王', '吴', '刘', '蔡', '杨', '郑', '许', '洪', '叶', '苏'] as const;
const givenNames = [
  '秀英',
  '桂兰',
  '玉珍',
  '淑贞',
  '阿好',
  '美华',
  '丽卿',
  '建国',
  '志明',
  '文福',
  '国强',
  '水木',
  '天赐',
  '德旺',
  '金土',
] as const;
const kinships = ['女儿', '儿子', '媳妇', '孙女', '邻居'] as const;
const tiers = ['green', 'green', 'blue', 'blue', 'yellow', 'orange', 'red'] as const;

/** Homes lie within this distance of the centre, east-west and north-south. */
const spreadM = 350;

export function residentOf(index: number, areaId: string, random: Random, webhookUrl: string | undefined): Resident {
  const id = `resident-${String(index + 1).padStart(2, '0')}`;
  const home = moved(centre, random.between(-spreadM, spreadM), random.between(-spreadM, spreadM));
  return {
    id,
    name: random.pick(surnames) + random.pick(givenNames),
    areaId,
    birthDate: birthDate(random),
    home: { lat: rounded(home.lat), lon: rounded(home.lon), datum: 'WGS84' },
    riskTier: random.pick(tiers),
    cognitiveRisk: random.chance(0.15),
    livesAlone: random.chance(0.6),
    hasPet: random.chance(0.15),
    contacts: contactsOf(id, random, webhookUrl),
  };
}

/** Born 1932 to 1956. */
function birthDate(random: Random): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${random.whole(1932, 1956)}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`;
}

function contactsOf(residentId: string, random: Random, webhookUrl: string | undefined): Contact[] {
  const count = random.whole(1, 3);
  const first = random.whole(0, kinships.length - 1);
  return Array.from({ length: count }, (_, order) => ({
    id: `${residentId}-contact-${order + 1}`,
    name: kinships[(first + order) % kinships.length]!,
    phone: `1380000${String(random.whole(0, 9999)).padStart(4, '0')}`,
    channels: channelsOf(residentId, order, webhookUrl),
    order,
  }));
}

function channelsOf(residentId: string, order: number, webhookUrl: string | undefined): Contact['channels'] {
  const log = { kind: 'log' as const, address: `${residentId}/${order + 1}` };
  return webhookUrl !== undefined && order === 0 ? [log, { kind: 'webhook', address: webhookUrl }] : [log];
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(6));
}
