import { tick } from 'svelte';
import { changed, type State } from './address';

/** Where the page is. Every view reads its state from here and writes it back, so that any address can be shared. */
class Router {
  path = $state(location.pathname);
  search = $state(location.search);
  /** Counts steps from page to page, for whoever must begin anew with each. */
  step = $state(0);
  readonly query = $derived(new URLSearchParams(this.search));

  constructor() {
    history.scrollRestoration = 'manual';
    addEventListener('popstate', (event) => {
      this.read();
      void this.restore((event.state as { top?: number } | null)?.top ?? 0);
    });
    // Where somebody was on a page is kept with it in the history, for the way back.
    let timer = 0;
    addEventListener('scroll', () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => history.replaceState({ ...history.state, top: scrollY }, ''), 120);
    });
    document.addEventListener('click', (event) => this.click(event));
  }

  /** One value of the state. */
  get(name: string): string {
    return this.query.get(name) ?? '';
  }

  go(to: string): void {
    history.replaceState({ ...history.state, top: scrollY }, '');
    history.pushState({ top: 0 }, '', to);
    const before = this.path;
    this.read();
    scrollTo(0, 0);
    if (before !== this.path) document.getElementById('content')?.focus({ preventScroll: true });
  }

  /** Changes the state of this view. With `replace`, the way back does not lead over it. */
  set(change: State, replace = false): void {
    const to = changed(this.path, this.search, change);
    if (to === this.path + this.search) return;
    if (replace) {
      history.replaceState(history.state, '', to);
      this.search = location.search;
    } else {
      history.replaceState({ ...history.state, top: scrollY }, '');
      history.pushState({ top: scrollY }, '', to);
      this.search = location.search;
    }
  }

  private read(): void {
    if (this.path !== location.pathname) this.step++;
    this.path = location.pathname;
    this.search = location.search;
  }

  private async restore(top: number): Promise<void> {
    // What was loaded before is shown at once; a page that is loaded again needs a few frames to become as high as it was.
    for (let i = 0; i < 20; i++) {
      await tick();
      await new Promise(requestAnimationFrame);
      scrollTo(0, top);
      if (Math.abs(scrollY - top) < 2) return;
    }
  }

  private click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a[href]');
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute('download')) return;
    if (link.origin !== location.origin || link.pathname.startsWith('/api/')) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    this.go(link.pathname + link.search + link.hash);
  }
}

export const router = new Router();
