import { mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, CDPSession, Locator, Page, Response } from 'playwright-core';
import { expect } from 'vitest';
import { password } from '../../api/support/town.ts';
import { browser } from './browser.ts';

export const screens = {
  phone: { width: 390, height: 844 },
  desk: { width: 1440, height: 900 },
  wall: { width: 1920, height: 1080 },
  largeWall: { width: 3840, height: 2160 },
} as const;
export type Screen = keyof typeof screens;
export const locales = { zh: 'zh-CN', en: 'en-GB' } as const;
export type Language = keyof typeof locales;

/** Pictures are kept here, for people to look at. Git ignores the folder. */
const pictures = new URL('../../artefacts/', import.meta.url).pathname;
/** What the software renderer says about itself is nothing about the page. */
const aboutTheRenderer = /GL Driver Message|GPU stall/;

type VisitOptions = {
  /** A user of the town who has logged in already; absent: nobody has. */
  readonly as?: string;
  readonly language?: Language;
  readonly screen?: Screen;
  /** Address below the service; what `as` starts with when absent. */
  readonly at?: string;
  /** Another way to the same service, as of `openLine`. */
  readonly url?: string;
  /** 1 is the processor of this machine, 4 one that is four times slower. */
  readonly slowedDown?: number;
  /** A script that runs before those of the page, to listen at the browser's own doors. */
  readonly before?: string;
  /** Where the device is, when its owner lets the page know. */
  readonly place?: { readonly latitude: number; readonly longitude: number; readonly accuracy: number };
};

/** The service that is visited: a town, or a process of its own. */
export type Place = { readonly url: string; logIn(username: string): Promise<{ readonly json: object }> };

/** One person at one browser window. What goes wrong behind the scenes is a complaint, and fails `leave`. */
export class Visit {
  readonly page: Page;
  readonly language: Language;
  readonly #context: BrowserContext;
  readonly #complaints: string[] = [];
  readonly #forgiven: RegExp[] = [];
  readonly #scripts: Response[] = [];
  readonly #name: string;

  private constructor(
    page: Page,
    options: Required<Pick<VisitOptions, 'language' | 'screen'>> & { readonly url: string },
  ) {
    this.page = page;
    this.language = options.language;
    this.#context = page.context();
    this.#name = `${options.language}-${options.screen}`;
    this.#listen(options.url);
  }

  static async begin(town: Place, options: VisitOptions = {}): Promise<Visit> {
    const { as, language = 'zh', screen = 'phone', at = '/', url = town.url, slowedDown = 1 } = options;
    const context = await (await browser()).newContext({
      locale: locales[language],
      viewport: screens[screen],
      reducedMotion: 'reduce',
      ...(options.place && { geolocation: options.place, permissions: ['geolocation'] }),
    });
    const page = await context.newPage();
    const visit = new Visit(page, { language, screen, url });
    await visit.#watchPolicy();
    if (options.before !== undefined) await page.addInitScript(options.before);
    if (as !== undefined) await visit.#bringSession(town, as);
    if (slowedDown > 1) await (await visit.#tools()).send('Emulation.setCPUThrottlingRate', { rate: slowedDown });
    await page.goto(url + at);
    return visit;
  }

  /** Through the form, as people do. */
  async logIn(username: string, secret: string = password): Promise<void> {
    await this.page.fill('[name=username]', username);
    await this.page.fill('[name=password]', secret);
    await this.page.locator('form.login [type=submit]').click();
  }

  alert(id: string): Locator {
    return this.page.locator(`[data-alert="${id}"]`);
  }

  /** Keeps a picture of the whole page as `{language}-{screen}-{what}.png`. */
  async screenshot(what: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: `${pictures}${this.#name}-${what}.png`, fullPage: true });
  }

  /** Fails when something stands out to the right. */
  async expectNoSidewaysScroll(): Promise<void> {
    const isFitting = await this.page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');
    expect(isFitting, 'the page scrolls sideways').toBe(true);
  }

  /** Fails when these words, or some of them, are hidden by the box they stand in. */
  async expectNothingCut(selector: string): Promise<void> {
    const cut = await this.page.evaluate<string[]>(
      `[...document.querySelectorAll(${JSON.stringify(selector)})]
        .filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight, offsetWidth }) =>
          offsetWidth === 0 || (clientWidth > 0 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 4)))
        .map(({ textContent }) => textContent.trim())`,
    );
    expect(cut, 'is cut off').toEqual([]);
  }

  /** Bytes of script loaded so far, as sent with gzip; `without` leaves files out, such as the map's. */
  async scriptBytes({ without }: { readonly without?: RegExp } = {}): Promise<number> {
    const counted = this.#scripts.filter((response) => !without?.test(response.url()));
    const sizes = await Promise.all(counted.map(gzipBytesOf));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Complaints that belong to the story, such as the 401 of a wrong password. The browser may get round to them later. */
  forgive(what: RegExp): void {
    this.#forgiven.push(what);
  }

  /** Closes the window; fails on errors of the console, requests to other hosts, and breaches of the policy. */
  async leave(): Promise<void> {
    await this.#context.close();
    const isForgiven = (complaint: string) => this.#forgiven.some((what) => what.test(complaint));
    expect(this.#complaints.filter((complaint) => !isForgiven(complaint))).toEqual([]);
  }

  #listen(url: string): void {
    this.page.on('console', (message) => {
      const text = message.text();
      if (['error', 'warning'].includes(message.type()) && !aboutTheRenderer.test(text)) this.#complaints.push(text);
    });
    this.page.on('pageerror', (error) => this.#complaints.push(error.stack ?? error.message));
    this.page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url))
        this.#complaints.push(`asked ${request.url()}`);
    });
    this.page.on('response', (response) => {
      if (response.url().endsWith('.js')) this.#scripts.push(response);
    });
  }

  #watchPolicy(): Promise<unknown> {
    return this.page.addInitScript(
      `addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`,
    );
  }

  /** As if they had logged in before, once: who logs out stays out. */
  async #bringSession(town: Place, username: string): Promise<void> {
    const { json } = await town.logIn(username);
    const text = JSON.stringify(JSON.stringify(json));
    await this.page.addInitScript(
      `if (!sessionStorage.getItem('brought')) { sessionStorage.setItem('brought', 'yes'); sessionStorage.setItem('anju.session', ${text}); }`,
    );
  }

  #tools(): Promise<CDPSession> {
    return this.#context.newCDPSession(this.page);
  }
}

async function gzipBytesOf(response: Response): Promise<number> {
  return gzipSync(await response.body().catch(() => Buffer.alloc(0))).length;
}
