import { get, Problem, type Path } from './api';

/** What a list of the server gives: some of it, and where it goes on. */
interface Page<I> {
  total: number;
  items: I[];
  next: string | null;
}

/** A list that comes in pages, more of it when it is asked for. Pages that were loaded are there at once on the way back. */
export class Pages<I, P extends Page<I>> {
  first = $state.raw<P | undefined>(undefined);
  items = $state.raw<I[]>([]);
  next = $state<string | null>(null);
  problem = $state.raw<Problem | undefined>(undefined);
  loading = $state(false);
  private again = $state(0);
  private control = new AbortController();

  /** `path` gives the address of a page by its cursor; an empty one asks for nothing. */
  constructor(private path: (cursor: string | null) => Path<P>) {
    $effect.pre(() => {
      const asked = path(null);
      void this.again;
      this.control.abort();
      this.control = new AbortController();
      this.first = undefined;
      this.problem = undefined;
      this.items = [];
      this.next = null;
      if (asked) void this.load(null);
      return () => this.control.abort();
    });
  }

  private async load(cursor: string | null): Promise<void> {
    const { signal } = this.control;
    this.loading = true;
    try {
      const page = await get<P>(this.path(cursor), signal);
      if (signal.aborted) return;
      if (cursor === null) this.first = page;
      this.items = cursor === null ? page.items : [...this.items, ...page.items];
      this.next = page.next;
    } catch (error) {
      if (!signal.aborted) this.problem = error instanceof Problem ? error : new Problem(0, 'error', String(error));
    } finally {
      if (!signal.aborted) this.loading = false;
    }
  }

  more = (): void => {
    if (this.next && !this.loading) void this.load(this.next);
  };
  retry = (): void => {
    this.again++;
  };
}

