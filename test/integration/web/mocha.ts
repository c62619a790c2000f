import type MochaClass from 'mocha';
// Mocha's build for browsers leaves its class in the global scope.
import 'mocha/mocha.js';

declare const Mocha: typeof MochaClass;

const WebMocha = Mocha;
export default WebMocha;
