import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BetterBibtex } from '../../../../src/core/zotero/bbt.ts';
import { citationOf, fitted, readPicked } from '../../../../src/core/zotero/picked.ts';
import { askWeb } from '../../../../src/editor/http.ts';

/**
 * Contract tests: no Zotero runs here. The server answers as Better BibTeX's public documentation says
 * (retorque.re/zotero-better-bibtex, "Cite as you Write" and "JSON-RPC"); whether Zotero does too, they do not show.
 */
describe('Better BibTeX by contract', () => {
  let server: Server;
  let port = 0;
  let mode: 'right' | 'other' | 'no plugin' | 'error' = 'right';
  let rpc: unknown;
  before(done => {
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://127.0.0.1');
      if (mode === 'no plugin') {
        response.writeHead(404).end('No endpoint found');
      } else if (mode === 'other') {
        response.end('<html>a page</html>');
      } else if (url.pathname === '/better-bibtex/cayw') {
        const isRight = url.searchParams.get('format') === 'pandoc' && Boolean(url.searchParams.get('brackets'));
        response.end(url.searchParams.get('probe') ? 'ready' : isRight ? '[see @adams2001, p. 3; -@brigge2002]\n' : 'wrong');
      } else if (url.pathname === '/better-bibtex/json-rpc' && request.method === 'POST') {
        let body = '';
        request.on('data', (part: Buffer) => (body += part.toString()));
        request.on('end', () => {
          rpc = JSON.parse(body);
          const items = [
            { 'citation-key': 'adams2001', title: '<i>A</i> title', author: [{ family: 'Adams' }, { literal: 'A Body' }], issued: { 'date-parts': [['2001', 2]] }, library: 'My Library' },
            { citekey: 'brigge2002' }, { 'citation-key': 'adams2001' }, { title: 'no key' }, { citekey: 'bad] key' }, null, 7,
          ];
          const reply = mode === 'error' ? { error: { code: -32603, message: 'no' } } : { result: items };
          response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, ...reply }));
        });
      }
    }).listen(0, '127.0.0.1', () => {
      port = (server.address() as AddressInfo).port;
      done();
    });
  });
  beforeEach(() => (mode = 'right'));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const zotero = (at = port) => new BetterBibtex(at, (question, timeout) => askWeb(question, { timeout }));
  const kind = (answer: object): unknown => ('fault' in answer ? (answer.fault as { kind: string }).kind : undefined);

  it('is probed without opening anything', async () => assert.deepEqual(await zotero().probe(), { value: true }));
  it('gives the picker’s citation', async () => assert.deepEqual(await zotero().pick(), { value: '[see @adams2001, p. 3; -@brigge2002]' }));
  it('finds items, by either name of the key’s field', async () => {
    const found = await zotero().search('adams');
    assert.deepEqual(rpc, { jsonrpc: '2.0', id: 1, method: 'item.search', params: ['adams'] });
    assert.deepEqual(found, {
      value: [
        { key: 'adams2001', title: 'A title', authors: 'Adams, A Body', year: '2001', library: 'My Library' },
        { key: 'brigge2002', title: '', authors: '', year: '', library: '' },
      ],
    });
  });
  it('tells what is wrong', async () => {
    mode = 'error';
    assert.deepEqual(await zotero().search('x'), { fault: { kind: 'error', message: 'no' } });
    for (mode of ['other', 'no plugin'] as const) {
      assert.equal(kind(await zotero().probe()), 'not Better BibTeX');
      assert.equal(kind(await zotero().search('x')), 'not Better BibTeX');
    }
    assert.equal(kind(await zotero(1).probe()), 'silent');
  });
  it('asks loopback only', async () => {
    const asked: string[] = [];
    const spy = new BetterBibtex(23119, async ({ url }) => {
      asked.push(url);
      return { failed: 'unreachable' };
    });
    await Promise.all([spy.probe(), spy.pick(), spy.search('x')]);
    assert.ok(asked.length === 3 && asked.every(url => url.startsWith('http://127.0.0.1:23119/better-bibtex/')));
  });
});

describe('What Zotero’s picker gave', () => {
  it('is read', () => {
    assert.deepEqual(readPicked('[see @adams2001, p. 3; -@brigge2002; @{odd/key.}]\n')?.keys, ['adams2001', 'brigge2002', 'odd/key.']);
    assert.equal(readPicked(''), undefined);
    assert.equal(readPicked('a@b.org'), undefined);
  });
  it('fits where it goes', () => {
    assert.equal(fitted('[@a]', 'As shown', false), ' [@a]');
    assert.equal(fitted('[@a]', 'As shown ', false), '[@a]');
    assert.equal(fitted('[@a]', '[@b', true), '; @a');
    assert.equal(fitted('[@a]', '[@b; ', true), '@a');
  });
  it('is written with braces where a key needs them', () => assert.equal(citationOf(['a', 'b..c']), '[@a; @{b..c}]'));
});
