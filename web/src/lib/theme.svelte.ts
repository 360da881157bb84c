import { remember, remembered } from './memory';

export type Theme = 'auto' | 'light' | 'dark';

class Appearance {
  theme = $state<Theme>('auto');

  use(theme: Theme): void {
    this.theme = theme;
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    remember('theme', theme);
  }
  /** Takes what was used last time. */
  restore(): void {
    const last = remembered('theme');
    this.use(last === 'light' || last === 'dark' ? last : 'auto');
  }
}

export const appearance = new Appearance();
