import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askFor } from '../../../../src/core/importing/ask.ts';
import { identify } from '../../../../src/core/importing/identify.ts';
import { requestFor } from '../../../../src/core/importing/registry.ts';
import { askWeb, type HttpLimits } from '../../../../src/editor/http.ts';

const good = { type: 'journal-article', title: 'A title', DOI: '10.1000/GOOD', author: [{ family: 'Author 17', given: 'S.' }], issued: { 'date-parts': [[2020]] } };
const answers: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
  good: (response, { headers }) => response.end(headers.accept === 'application/vnd.citationstyles.csl+json' ? JSON.stringify(good) : 'no'),
  moved: response => response.writeHead(302, { location: '/10.1000/good' }).end(),
  loop: response => response.writeHead(302, { location: '/10.1000/loop' }).end(),
  none: response => response.writeHead(404).end('<html>not found'),
  often: response => response.writeHead(429).end(),
  broken: response => response.writeHead(500).end('{}'),
  forbidden: response => response.writeHead(403).end(),
  page: response => response.end('<!DOCTYPE html><html>'),
  nonsense: response => response.end('{"title": '),
  other: response => response.end(JSON.stringify({ ...good, DOI: '10.1000/different' })),
  silent: () => undefined,
  trickle: response => {
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  },
  huge: response => {
    const more = (): void => {
      while (response.write('x'.repeat(100_000)) && !response.destroyed);
      response.once('drain', more);
    };
    more();
  },
  announced: response => response.writeHead(200, { 'content-length': '9000000' }).write('{'),
  cut: response => {
    response.writeHead(200, { 'content-length': '1000' }).write('{');
    setTimeout(() => response.destroy(), 20);
  },
};

describe('Asking a registry, here a server on loopback', () => {
  let server: Server;
  let base = '';
  let paths: string[] = [];
  before(done => {
    server = createServer((request, response) => {
      paths.push(request.url ?? '');
      const answer = answers[(request.url ?? '').split('/').at(-1) ?? ''];
      if (answer) {
        answer(response, request);
      } else {
        response.end(JSON.stringify({ ...good, PMID: '7', id: 'pmid:7' }));
      }
    }).listen(0, '127.0.0.1', () => {
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  beforeEach(() => (paths = []));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const ask = (text: string, limits: HttpLimits = { timeout: 2000 }, doi = base) => {
    const asked = identify(text)!;
    return askFor(asked, requestFor(asked, { doi, pubmed: base })!, request => askWeb(request, limits));
  };
  const kindOf = async (name: string, limits?: HttpLimits) => {
    const result = await ask(`10.1000/${name}`, limits);
    return 'fault' in result ? result.fault.kind : 'fine';
  };

  it('gets the work, and sends one request', async () => {
    const result = await ask('10.1000/good');
    assert.ok('title' in result);
    assert.equal(result.title, 'A title');
    assert.equal(result.type, 'article-journal');
    assert.deepEqual(paths, ['/10.1000/good']);
  });
  it('asks NCBI’s address for a PMID', async () => {
    assert.ok('title' in (await ask('PMID: 7')));
    assert.deepEqual(paths, ['/pubmed/?format=csl&id=7']);
  });
  it('follows where it is sent, but not in circles', async () => {
    const result = await ask('10.1000/moved');
    assert.deepEqual('fault' in result && result.fault.kind, 'another work');
    assert.equal(await kindOf('loop'), 'redirects');
  });
  for (const [name, kind] of [['none', 'unknown'], ['often', 'busy'], ['broken', 'broken'], ['forbidden', 'refused'], ['page', 'not JSON'], ['nonsense', 'not JSON'], ['other', 'another work'], ['huge', 'too large'], ['announced', 'too large'], ['cut', 'unreachable']] as const) {
    it(`tells: ${name} is ${kind}`, async () => assert.equal(await kindOf(name), kind));
  }
  it('waits only so long for an answer, and for its end', async () => {
    assert.equal(await kindOf('silent', { timeout: 200 }), 'timeout');
    assert.equal(await kindOf('trickle', { timeout: 200 }), 'timeout');
  });
  it('stops when the writer cancels', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    assert.equal(await kindOf('trickle', { signal: stop.signal }), 'cancelled');
    assert.equal(await kindOf('good', { signal: stop.signal }), 'cancelled');
  });
  it('tells when nobody answers', async () => {
    const result = await ask('10.1000/good', {}, 'http://127.0.0.1:1');
    assert.ok('fault' in result && result.fault.kind === 'unreachable');
  });
});
