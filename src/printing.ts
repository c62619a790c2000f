import { backgroundPort } from './backgroundPort.ts';
import type { Numbered } from './core/printing/messages.ts';
import { PrintingWork } from './core/printing/work.ts';

/** What runs in the thread that prints citations: a bundle that knows nothing of VS Code. */
const port = backgroundPort();
const work = new PrintingWork(port.post);

port.listen(message => void work.take(message as Numbered));
