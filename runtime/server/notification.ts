/** Notification routines of the application (MIDL "notify", "notify_flag"; M27). */

/** What an operation says of its notification routines, and of its manager routine. */
export interface Notified<Arguments extends readonly unknown[], Result> {
  /** Runs at the end, after everything was freed, also when unmarshaling failed. */
  readonly notify?: ((managerWasCalled: boolean) => void) | undefined;
  readonly call: (...parameters: Arguments) => Result;
}

/**
 * The routine that serves calls of an operation, followed by its notification. What the notification throws fails the call.
 *
 * @param serve makes the routine for an operation: one that tells when its manager routine is called
 */
export function notifying<
  Arguments extends readonly unknown[],
  Result,
  Operation extends Notified<Arguments, Result>,
  Parameters extends readonly unknown[],
>(
  operation: Operation & Notified<Arguments, Result>,
  serve: (operation: Operation & Notified<Arguments, Result>) => (...parameters: Parameters) => void | Promise<void>,
): (...parameters: Parameters) => void | Promise<void> {
  const { notify } = operation;
  if (notify === undefined) return serve(operation);
  return (...parameters) => {
    let wasCalled = false;
    const told = {
      ...operation,
      call: (...given: Arguments) => {
        wasCalled = true;
        return operation.call(...given);
      },
    };
    let serving: void | Promise<void>;
    try {
      serving = serve(told)(...parameters);
    } catch (error) {
      notify(wasCalled);
      throw error;
    }
    if (serving instanceof Promise)
      return serving.finally(() => {
        notify(wasCalled);
      });
    notify(wasCalled);
    return undefined;
  };
}
