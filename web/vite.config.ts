import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'es2022',
    // The server's content security policy knows files only: nothing is inlined as a data: address, no script is put into the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 300,
  },
  server: {
    host: '127.0.0.1',
    // `npm run dev` beside `musnad serve STORE`: the data comes from the real server.
    proxy: { '/api': process.env.MUSNAD ?? 'http://127.0.0.1:7878' },
  },
  test: { include: ['src/**/*.test.ts'] },
});
