import { main } from '#app/cli';

await main(process.argv.slice(2));
