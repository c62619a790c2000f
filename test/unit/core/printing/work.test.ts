import assert from 'node:assert/strict';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { readStyle } from '../../../../src/core/cslEngine.ts';
import type { Numbered, PrintAnswer, PrintRequest } from '../../../../src/core/printing/messages.ts';
import { PrintingWork } from '../../../../src/core/printing/work.ts';
import { readManuscript } from '../../../../src/core/reading.ts';
import type { StoredXml } from '../../../../src/core/reference.ts';
import { citationsToPrint } from '../../../../src/core/typeset/citationsOf.ts';
import { Typesetter, type CitationToPrint } from '../../../../src/core/typeset/typesetter.ts';
import { bundledStyle, formatter, item, localeFor } from '../../../support/styles.ts';

const locales = new Map(['en-US', 'en-GB'].map(tag => [tag, localeFor(tag)!]));

/** Asks the work over a real port: what can't be sent from thread to thread shows here. */
class Asking {
  readonly #ours: MessagePort;
  readonly #waiting = new Map<number, (answer: PrintAnswer) => void>();
  #numbers = 0;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    const work = new PrintingWork(answer => port2.postMessage(answer));
    port2.on('message', (message: Numbered) => void work.take(message));
    port1.on('message', (answer: PrintAnswer) => this.#waiting.get(answer.number)?.(answer));
    this.#ours = port1;
  }

  async ask(request: PrintRequest): Promise<unknown> {
    const number = (this.#numbers += 1);
    const answer = await new Promise<PrintAnswer>(resolve => {
      this.#waiting.set(number, resolve);
      this.#ours.postMessage({ number, request } satisfies Numbered);
    });
    if ('isEnded' in answer) {
      throw new Error('ended');
    }
    if ('fault' in answer) {
      throw new Error(answer.fault);
    }
    return answer.value;
  }

  style(style: number, source: string | StoredXml): Promise<unknown> {
    return this.ask({ ask: 'style', style, source, language: 'en-US', locales });
  }

  close(): void {
    this.#ours.close();
  }
}

function citationsIn(text: string): readonly CitationToPrint[] {
  return citationsToPrint(readManuscript(text), key => (key === 'unknown2000' ? undefined : item(key)));
}

describe('The thread that prints', function () {
  this.timeout(60_000);
  let asking: Asking;
  beforeEach(() => (asking = new Asking()));
  afterEach(() => asking.close());

  it('says whether a style cites by names, and prints works as a formatter does', async () => {
    assert.equal(await asking.style(1, bundledStyle('apa')), true);
    assert.equal(await asking.style(2, bundledStyle('nature')), false);
    const [apa, feder] = [await formatter('apa'), item('feder2021')];
    assert.deepEqual(await asking.ask({ ask: 'work', style: 1, item: feder }), {
      reference: apa.reference(feder).markdown, parenthetical: apa.parenthetical(feder).markdown, inText: apa.inText(feder).markdown,
    });
    const items = [feder, item('berman2000'), item('zarate2006')];
    assert.deepEqual(await asking.ask({ ask: 'bibliography', style: 1, items }), apa.bibliography(items));
    assert.deepEqual(await asking.ask({ ask: 'order', style: 1, items }), apa.order(items));
  });
  it('prints manuscripts as a typesetter does, edit by edit, each of several', async () => {
    await asking.style(1, bundledStyle('apa'));
    const style = await readStyle(bundledStyle('apa'), 'en-US', localeFor);
    const typesetters = [new Typesetter(style), new Typesetter(style)];
    const texts = ['[@feder2021]', '[@feder2021; @unknown2000] and @berman2000 [p. 3]', '@berman2000 and again @berman2000'];
    for (const [step, text] of texts.entries()) {
      for (const document of [0, 1]) {
        const citations = citationsIn(document === 0 ? text : texts[(step + 1) % texts.length]!);
        const uncited = step === 2 ? [item('zarate2006')] : [];
        assert.deepEqual(
          await asking.ask({ ask: 'document', style: 1, document, citations, uncited }),
          typesetters[document]!.print(citations, uncited),
        );
      }
    }
  });
  it('prints more manuscripts than it keeps', async () => {
    await asking.style(1, bundledStyle('apa'));
    const citations = citationsIn('[@feder2021]');
    const pages = Array.from({ length: 12 }, (_, index) => asking.ask({ ask: 'document', style: 1, document: index % 10, citations, uncited: [] }));
    const all = await Promise.all(pages);
    all.forEach(page => assert.deepEqual(page, all[0]));
  });
  it('tells in plain words what a style lacks, and goes on', async () => {
    await assert.rejects(asking.style(1, '<style xmlns="http://purl.org/net/xbiblio/csl"/>'), (error: Error) => error.message.length > 10);
    await assert.rejects(asking.style(2, 'no style'), (error: Error) => !error.message.includes('\n'));
    await asking.style(3, bundledStyle('apa'));
    assert.ok(await asking.ask({ ask: 'work', style: 3, item: item('feder2021') }));
  });
  it('asks for a style again that was ended', async () => {
    await asking.style(1, bundledStyle('apa'));
    await asking.ask({ ask: 'end', style: 1 });
    await assert.rejects(asking.ask({ ask: 'work', style: 1, item: item('feder2021') }), /^Error: ended$/);
    await asking.style(1, bundledStyle('apa'));
    assert.ok(await asking.ask({ ask: 'work', style: 1, item: item('feder2021') }));
  });
});
