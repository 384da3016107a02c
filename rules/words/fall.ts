import type { Bilingual } from '../../model/alert.ts';
import type { FeatureName } from '../fall/model.ts';

/** Every sentence about falls. `who` is the resident's name, or the device's id. */
export const words = {
  fall: (who: string) => both(`${who}疑似跌倒`, `${who} may have fallen`),
  checkFit: (who: string) =>
    both(
      `${who}的手环又一次疑似跌倒，请查看佩戴是否合适`,
      `${who}'s band suspects a fall once more: check how it is worn`,
    ),
  unanswered: (who: string) =>
    both(`${who}疑似跌倒，至今没有回应`, `${who} may have fallen and has not answered since`),
  notWalked: (who: string) =>
    both(`${who}疑似跌倒，三分钟内没有走动`, `${who} may have fallen and has not walked for three minutes`),
  unmoved: (who: string) =>
    both(
      `${who}可能跌倒：一次轻微撞击后没有任何动静，询问也没有回应`,
      `${who} may have fallen: nothing has moved since a faint blow, and a question was not answered`,
    ),
  calledForHelp: (who: string) =>
    both(`${who}疑似跌倒后按下了求助键`, `${who} may have fallen and pressed the help button`),
  ok: (who: string) => both(`${who}表示没事`, `${who} says all is well`),
  walked: (who: string, steps: number) =>
    both(`${who}已起身走了 ${steps} 步`, `${who} is up and has walked ${steps} steps`),

  flagged: both('手环自己报告了跌倒', 'the band itself reported a fall'),
  impact: (g: number, restG: number) =>
    both(
      `受到 ${g} g 的撞击，之后的晃动为 ${restG} g`,
      `a blow of ${g} g, after which the strength varied by ${restG} g`,
    ),
  posture: (deg: number) => both(`前后姿势相差 ${deg} 度`, `the posture before and after differs by ${deg} degrees`),
  score: (score: number) =>
    both(`跌倒评分 ${score}（达到 50 即报）`, `the movement scores ${score} (50 and more is told)`),
  loudest: (feature: Bilingual, value: number, usual: number) =>
    both(
      `最像跌倒的一点：${feature.zh} ${value}，平时约 ${usual}`,
      `what looked most like a fall: ${feature.en} ${value}, ${usual} in daily life`,
    ),
  notWorn: both('手环当时在充电或未佩戴', 'the band was on the charger or off the wrist'),
  oftenToday: (times: number) =>
    both(`24 小时内已疑似跌倒 ${times} 次`, `${times} falls were suspected within 24 hours already`),
  heartJumped: (bpm: number) => both(`心率升高了 ${bpm} 次/分`, `the heart beats ${bpm} bpm faster than before`),
  silentFor: (seconds: number) =>
    both(`${seconds} 秒内没有回应、走动或其他活动`, `no answer, steps or other movement for ${seconds} s`),
  faint: (score: number) =>
    both(
      `撞击评分 ${score}，单凭它（不到 50）不会报警`,
      `the blow scores ${score}, too faint to be told by itself (50 and more is)`,
    ),
  nothingMoved: (minutes: number) =>
    both(
      `此后 ${minutes} 分钟没有走动，家中也没有任何活动`,
      `no steps, and no movement at home, in the ${minutes} minutes since`,
    ),
  notAnswered: both(
    '手环询问是否安好，十分钟没有回应',
    'the band asked whether all is well and was not answered for ten minutes',
  ),

  unlessUsual: (features: readonly Bilingual[], score: number) =>
    both(
      `如果${features.map(({ zh }) => zh).join('、')}和平时一样，评分只有 ${score}，不会报警`,
      `with ${features.map(({ en }) => en).join(', ')} as in daily life it would score ${score} and not be told`,
    ),
  unlessOk: both('一分钟内按“我没事”即可取消', 'an "I am fine" within a minute takes it back'),
  unlessLife: both(
    '走 20 步、家中有人走动或开关门、取下手环，都不会报警',
    '20 steps, somebody moving at home, a door, or the band taken off would have kept it quiet',
  ),
  unlessAnswered: both(
    '询问后十分钟内按“我没事”就不会报警',
    'an "I am fine" within ten minutes of the question would have kept it quiet',
  ),
  unlessSteps: both('一分钟内走 20 步即可取消', '20 steps within a minute take it back'),
} as const;

/** What each feature is called. */
export const featureWords: Readonly<Record<FeatureName, Bilingual>> = {
  peakG: both('撞击强度（g）', 'the strength of the blow (g)'),
  freeFallMs: both('失重时间（毫秒）', 'the time in free fall (ms)'),
  impactMs: both('撞击时长（毫秒）', 'the length of the blow (ms)'),
  impactMps: both('撞击时的速度变化（米/秒）', 'the speed taken up by the blow (m/s)'),
  impactEnergy: both('撞击能量', 'the energy of the blow'),
  jerkGps: both('撞击的突然程度（g/秒）', 'how sudden the blow was (g per second)'),
  impactPathG: both('撞击前后的翻动（g）', 'the tumbling round the blow (g)'),
  impactContrast: both('撞击与其余时间的反差', 'the contrast of the blow to the time round it'),
  oneAxisShare: both('来回运动的比例', 'how much went to and fro in one direction'),
  thirdAxisShare: both('各方向翻滚的比例', 'how much tumbled in all directions'),
  secondPeakShare: both('第二次撞击与第一次之比', 'the next blow as a share of the first'),
  rhythm: both('节奏感', 'the rhythm of the movement'),
  settleG: both('撞击后一秒的晃动（g）', 'the unrest in the second after the blow (g)'),
  beforeG: both('撞击前的活动（g）', 'the activity before the blow (g)'),
  restStdG: both('之后的晃动（g）', 'the unrest afterwards (g)'),
  stillestG: both('之后最安静时的晃动（g）', 'the unrest at the calmest moment afterwards (g)'),
  stillAfterS: both('安静下来的时间（秒）', 'the time until all was calm (s)'),
  movingShare: both('活动时间的比例', 'the share of time in movement'),
  postureDeg: both('前后姿势之差（度）', 'the change of posture (degrees)'),
  postureNearDeg: both('紧接前后的姿势之差（度）', 'the change of posture right then (degrees)'),
  postureFarDeg: both('数秒前后的姿势之差（度）', 'the change of posture over some seconds (degrees)'),
  postureEndDeg: both('与最后姿势之差（度）', 'the change to the last posture (degrees)'),
  firstToLastDeg: both('首尾姿势之差（度）', 'the change from the first posture to the last (degrees)'),
  swingDeg: both('摆动幅度（度）', 'how far it swung (degrees)'),
  skew: both('强度的偏度', 'the skew of the strength'),
  kurtosis: both('强度的峰度', 'the kurtosis of the strength'),
  patternOdds: both('动作的过程（对数几率）', 'the way the movement went (log odds)'),
  middleHalfG: both('平常的强度变化（g）', 'the usual change of strength (g)'),
};

function both(zh: string, en: string): Bilingual {
  return { zh, en };
}
