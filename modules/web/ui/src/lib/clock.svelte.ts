/** The time shown texts are relative to; moves on every half minute while somebody looks. */
class Now {
  value = $state(Date.now());

  start(): () => void {
    const timer = setInterval(() => {
      if (!document.hidden) this.value = Date.now();
    }, 30_000);
    return () => clearInterval(timer);
  }
}

export const now = new Now();
