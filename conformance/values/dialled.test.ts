import { describe, expect, it } from 'vitest';
import { reachOf } from './dialled.ts';

describe('nobody is reached', () => {
  it.each([
    '+12125550147',
    '12125550147',
    '2125550147',
    '(212) 555-0147',
    '+1 212 555 0147',
    '++12125550147',
    '0012125550147',
    '01112125550147',
    '+12125550147\n',
    '+1212555014o',
    '+121255501FL',
    '+1415555012o',
    '+447700900123',
    '07700900123',
    '+442079460123',
    '+33199001234',
    '+493023125000',
    '+61491570156',
    '+353209112345',
    '+46701740699',
    '+28',
    '+9',
    '+999000000000001',
    '+9990000000000012',
    '+099900000000001',
    'no number',
    '',
  ])('%j', (text) => {
    expect(reachOf(text)).toBeUndefined();
  });
});

describe('a phone may ring', () => {
  it.each([
    '+19195551234',
    '+4930901820',
    '004930901820',
    '+12125550247',
    '+1800FLOWERS',
    '1-800-FLOWERS',
    '+02125550147',
    '+04155550123',
    '+1212555o147',
    '+99',
    '+12',
    '12345',
    '07700800123',
    '+18005550123',
    '+447701900123',
    '\uff0b\uff11\uff19\uff11\uff19\uff15\uff15\uff15\uff11\uff12\uff13\uff14',
    '+\u0661\u0669\u0661\u0669\u0665\u0665\u0665\u0661\u0662\u0663\u0664',
    '999000000000',
  ])('%j', (text) => {
    expect(reachOf(text)).toBe('phone');
  });
});

describe('an emergency service is called', () => {
  it.each([
    '911',
    '112',
    '999',
    '110',
    '113',
    '117',
    '118',
    '119',
    '000',
    '08',
    '15',
    '17',
    '18',
    '100',
    '101',
    '102',
    '108',
    '190',
  ])('%s, also with a plus, zeros and separators', (number) => {
    for (const text of [
      number,
      `+${number}`,
      ` ${number} `,
      number.split('').join('-'),
      number.split('').join(' '),
      `(${number})`,
    ])
      expect([text, reachOf(text)]).toEqual([text, 'emergency']);
  });
});
