/** What would be run, for a person to read. */
export class Transcript {
  private readonly log: string[] = [];

  async run(command: string): Promise<string> {
    this.log.push(command);
    return 'A person will look at this.';
  }

  close(): void {
    for (const [index, command] of this.log.entries()) console.log(`${index + 1}. ${command}`);
  }
}
