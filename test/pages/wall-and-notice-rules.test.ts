import { describe, expect, test } from 'vitest';
import { masked } from '../../api/wall/masked.ts';
import { NoticeRequest, roughPlace } from '../../model/notice.ts';
import { maskedName, newDraft, requestOf, roughPlace as roughPlaceOfPages } from '../../web/notice/draft.ts';
import { nextStop } from '../../web/wall/next-stop.ts';

describe('where the wall goes next', () => {
  const area = (id: string, residents: number, unclaimedP1 = 0) => ({ id, residents, unclaimedP1 });
  const whole = area('city', 30);

  test('the whole, each part in which people live, and again', () => {
    const parts = [area('a', 10), area('nobody', 0), area('b', 20)];
    const walk = ['city', 'a', 'b'].map((shown) => nextStop(whole, parts, shown));
    expect(walk).toEqual(['a', 'b', 'city']);
  });

  test('while an emergency waits for somebody, only where it is', () => {
    const parts = [area('a', 10), area('b', 20, 1), area('c', 5)];
    expect(['city', 'b', 'a'].map((shown) => nextStop(whole, parts, shown))).toEqual(['b', 'city', 'city']);
  });

  test('an area without parts stays', () => {
    expect(nextStop(whole, [], 'city')).toBe('city');
  });
});

describe('the preview of a notice shows what the service will', () => {
  test('names and places are masked the same way', () => {
    for (const name of ['王秀英', '欧阳建国', ' Anna Berg ']) expect(maskedName(name)).toBe(masked(name));
    for (const at of [
      { lat: 24.44512, lon: 118.08231 },
      { lat: -0.0009, lon: 12.3455 },
    ])
      expect(roughPlaceOfPages(at)).toEqual(roughPlace(at));
  });

  test('what was left empty is left out, and the rest is what the service takes', () => {
    const required = { consentBy: 'Wang Li', caseNumber: 'XM-1', hotline: '0592-12349' };
    const draft = { ...newDraft(), ...required, at: '2026-03-07T10:40', lat: 24.4, lon: 118.1 };
    const request = requestOf(draft);
    expect(Object.keys(request).sort()).toEqual(['caseNumber', 'consentBy', 'hotline', 'lastSeen']);
    expect(NoticeRequest.safeParse(request).success).toBe(true);
  });
});
