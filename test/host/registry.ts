import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry of works on the loopback interface, which both extension hosts can ask. */
export interface Registry {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  end(): void;
}

const work = (doi: string): string =>
  JSON.stringify({
    type: 'journal-article', title: 'An imported work', DOI: doi, author: [{ family: 'Äuthor', given: 'Seventeen' }],
    issued: { 'date-parts': [[2020, 3]] }, 'container-title': 'A Journal', volume: '1', page: '2-3',
  });

/**
 * `/10.1000/never` is never answered, every other DOI with a work; `/asked` tells, as JSON, the paths that were asked for,
 * and which of them the asker has given up.
 */
export async function startRegistry(): Promise<Registry> {
  const asked: string[] = [];
  const givenUp: string[] = [];
  const server = createServer(({ method, url = '' }, response) => {
    // As doi.org and NCBI do, so that a web page may ask.
    response.setHeader('access-control-allow-origin', '*').setHeader('access-control-allow-headers', '*');
    if (method === 'OPTIONS') {
      response.end();
    } else if (url === '/asked') {
      json(response, JSON.stringify({ asked, givenUp }));
    } else {
      asked.push(url);
      response.on('close', () => response.writableEnded || givenUp.push(url));
      if (url !== '/10.1000/never') {
        json(response, work(url.slice(1)));
      }
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const end = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${port}`, end };
}

function json(response: ServerResponse, text: string): void {
  response.setHeader('content-type', 'application/json').end(text);
}
