import './styles/fonts.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { ui, wantedLanguage } from './lib/i18n.svelte';
import { appearance } from './lib/theme.svelte';

appearance.restore();

/** Fonts come from the same machine: waiting for them a moment is shorter than a page that jumps. */
const fonts = Promise.all(
  ['400 1em "Noto Sans Arabic"', '600 1em "Noto Sans Arabic"', '400 1em "Noto Naskh Arabic"'].map((font) => document.fonts.load(font, 'aم')),
);
await Promise.all([ui.use(wantedLanguage()), Promise.race([fonts, new Promise((done) => setTimeout(done, 400))])]);

mount(App, { target: document.getElementById('app') as HTMLElement });
