import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

/** Shapes of the states of the world (Natural Earth, public domain, over world-atlas): loaded with the first map, and in detail where one looks closer. */
export interface World {
  lands: GeoJSON.Feature[];
  borders: GeoJSON.MultiLineString;
}

type Countries = Topology<{ countries: GeometryCollection }>;

function shaped(of: Countries): World {
  return { lands: feature(of, of.objects.countries).features, borders: mesh(of, of.objects.countries, (a, b) => a !== b) };
}

export async function world(): Promise<World> {
  return shaped((await import('world-atlas/countries-110m.json')).default as unknown as Countries);
}

export async function detailed(): Promise<World> {
  return shaped((await import('world-atlas/countries-50m.json')).default as unknown as Countries);
}
