import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { takeCard, takePage } from './pictures.js';
import { type Product, ports, startProduct } from './product.js';
import { openBrowser, openScreen, type Screen, wordsOf } from './screen.js';
import { comeTo, londonTyped } from './tenant.js';

describe('[browser] one leaver, from the chat command to the proof', function () {
  this.timeout(120_000);
  this.bail(true);
  let product: Product;
  let browser: Browser;
  let hr: Screen;
  let manager: Screen;
  let it_: Screen;

  before(async () => {
    product = await startProduct();
    browser = await openBrowser();
    hr = await openScreen(browser, ports.hr);
    manager = await openScreen(browser, ports.manager);
    it_ = await openScreen(browser, ports.it);
  });

  after(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('greets everybody with what they can do', async () => {
    const greeting = await wordsOf(await hr.sees('Welcome to Latchkey'));
    expect(greeting).to.include('leaver <person> now');
    expect(await wordsOf(await manager.sees('Welcome to Latchkey'))).to.include('approvals');
    await it_.sees('Welcome to Latchkey');
  });

  it('answers an unknown command with the nearest right one', async () => {
    await hr.says('leavr alex.morgan@northwind.example');
    const answer = await hr.sees('leavr', 'leaver alex.morgan@northwind.example');
    await takeCard(answer, 'unknown-command');
  });

  it('answers the printed line with the form, and nothing has happened yet', async () => {
    await hr.says(product.firstLine);
    const form = await hr.sees('Alex Morgan is leaving', 'Your request');
    expect(await wordsOf(form))
      .to.include('Nothing happens before you submit')
      .and.include('Leaves 9 groups, 3 lists');
    await takeCard(form, 'request');
  });

  it('opens the case on Submit and asks the manager', async () => {
    await hr.clicks(await hr.sees('Alex Morgan is leaving', 'Your request'), 'Submit');
    await hr.sees('Case L-101', 'Waiting for Morgan Lee');
    const approval = await manager.sees('Case L-101', 'Alex Morgan is leaving');
    await takeCard(approval, 'approval');
    await manager.clicks(approval, 'Approve');
    await manager.sees('Case L-101', 'Approved by you');
    await takeCard(await hr.sees('Case L-101', 'Approved by Morgan Lee'), 'scheduled');
  });

  it('moves the progress card while the case runs', async () => {
    await comeTo(londonTyped(product.firstLine));
    const someProved = hr.page.getByText(/^(?:[1-9]|1\d|2[0-2]) of 23 changes proved$/);
    await someProved.waitFor();
    const moving = await hr.sees('Case L-101', 'Access is being closed');
    await takeCard(moving, 'progress');
  });

  it('ends with a completion card for HR, the manager and the IT leadership, each in their own words', async () => {
    const forHr = await hr.sees('Case L-101', 'Alex Morgan has left', '23 of 23 changes read back');
    const text = await wordsOf(forHr);
    for (const words of ['Completed', 'access closed', 'handed over', 'Left 9 groups, 3 lists', 'Mailbox is shared'])
      expect(text).to.include(words);
    await takeCard(forHr, 'completed');
    await takePage(hr.page, 'page-hr-completed');
    const forManager = await manager.sees('Case L-101', 'Alex Morgan has left', '23 of 23 changes read back');
    expect(await wordsOf(forManager))
      .to.include('HR and IT leadership have the full list')
      .and.not.include('Left 9');
    await takeCard(forManager, 'completed-manager');
    await it_.sees('Case L-101', 'Alex Morgan has left', 'evidence');
  });

  it('shows one completion card each, and the evidence behind it', async () => {
    for (const screen of [hr, manager, it_])
      expect(await screen.page.getByText('23 of 23 changes read back').count()).to.equal(1);
    await hr.clicks(await hr.sees('23 of 23 changes read back'), 'Evidence');
    const evidence = await hr.sees('L-101', 'is whole');
    await takeCard(evidence, 'evidence');
  });

  it('names nobody in a channel, and goes on in the person’s own chat', async () => {
    await it_.goesTo('IT - Joiners and leavers');
    await it_.posts('leaver Kofi Mensah');
    const answer = await it_.sees('I have answered you in our own chat');
    expect(await wordsOf(answer)).to.not.match(/Kofi|Mensah/);
    await takePage(it_.page, 'page-it-channel');
    await it_.goesTo('Personal Chat');
    await it_.sees('Kofi Mensah is leaving', 'Your request');
  });
});
