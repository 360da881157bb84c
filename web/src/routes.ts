import type { Component } from 'svelte';

/** A kind of page. To add one: a file in `views/`, a line here, its labels in both languages. */
export interface Route {
  /** The path; `:name` stands for a part that the view gets as a property of that name. */
  pattern: string;
  /** Loaded when it is first shown. */
  view: () => Promise<{ default: Component<Record<string, string>> }>;
}

type View = Route['view'];

export const routes: Route[] = [
  { pattern: '/', view: (() => import('./views/Start.svelte')) as View },
  { pattern: '/search', view: (() => import('./views/Search.svelte')) as View },
  { pattern: '/reports/:id', view: (() => import('./views/Report.svelte')) as View },
  { pattern: '/entities/:id', view: (() => import('./views/Entity.svelte')) as View },
  { pattern: '/utterances/:id', view: (() => import('./views/Utterance.svelte')) as View },
  { pattern: '/happenings/:id', view: (() => import('./views/Happening.svelte')) as View },
  { pattern: '/timeline', view: (() => import('./views/Timeline.svelte')) as View },
  { pattern: '/map', view: (() => import('./views/Map.svelte')) as View },
  { pattern: '/network', view: (() => import('./views/Network.svelte')) as View },
];
