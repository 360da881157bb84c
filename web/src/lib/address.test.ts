import { describe, expect, it } from 'vitest';
import { address, changed, fits } from './address';

describe('addresses', () => {
  it('leave out what is empty and escape what is not', () => {
    expect(address('/search')).toBe('/search');
    expect(address('/search', { q: 'a&b="ج"', in: '', cursor: null, old: false })).toBe('/search?q=a%26b%3D%22%D8%AC%22');
    expect(address('/map', { type: ['AID', 'AGREE'], all: true, n: 0 })).toBe('/map?type=AID&type=AGREE&all=1&n=0');
  });
  it('change one part and keep the others', () => {
    expect(changed('/map', '?type=AID&type=AGREE&from=2023', { from: '2024' })).toBe('/map?type=AID&type=AGREE&from=2024');
    expect(changed('/map', '?from=2023&to=2024', { from: undefined })).toBe('/map?to=2024');
    expect(changed('/map', '', { type: ['AID'] })).toBe('/map?type=AID');
  });
  it('are told apart by patterns', () => {
    expect(fits('/reports/:id', '/reports/7')).toEqual({ id: '7' });
    expect(fits('/reports/:id', '/reports/7/')).toEqual({ id: '7' });
    expect(fits('/reports/:id', '/reports')).toBeNull();
    expect(fits('/', '/')).toEqual({});
    expect(fits('/a/:b', '/a/%D9%84')).toEqual({ b: 'ل' });
    expect(fits('/a/:b', '/a/%FF')).toBeNull();
  });
});
