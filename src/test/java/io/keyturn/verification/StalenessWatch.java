package io.keyturn.verification;

import io.keyturn.verification.StalenessReport.Kind;
import io.keyturn.verification.StalenessReport.Lateness;

/**
 * Watches on each node how long requests with a secret are answered as before a change. All times
 * are of {@link System#nanoTime()} of this JVM.
 */
final class StalenessWatch {
  private final String secret;
  private final boolean refusedBefore;
  private final Node[] nodes;

  /** What a node has answered. */
  private static final class Node {
    private int stale;
    private long staleSentAt;
    private int staleStatus;
    private long staleAnsweredAt;
    private long freshSentAt;
    private boolean fresh;
  }

  /**
   * Begins to watch.
   *
   * @param refusedBefore whether the secret is refused before the change, and accepted after it
   */
  StalenessWatch(String secret, boolean refusedBefore, int nodes) {
    this.secret = secret;
    this.refusedBefore = refusedBefore;
    this.nodes = new Node[nodes];
    for (int i = 0; i < nodes; i++) {
      this.nodes[i] = new Node();
    }
  }

  String secret() {
    return secret;
  }

  /** Takes note of an answer. One that says nothing about the secret is ignored: 5xx. */
  synchronized void answered(int number, int status, long sentAt, long answeredAt) {
    if (status >= 500) {
      return;
    }
    Node node = nodes[number];
    if ((status == 200) != refusedBefore) {
      if (node.stale == 0 || sentAt - node.staleSentAt > 0) {
        node.staleSentAt = sentAt;
        node.staleStatus = status;
      }
      if (node.stale == 0 || answeredAt - node.staleAnsweredAt > 0) {
        node.staleAnsweredAt = answeredAt;
      }
      node.stale++;
    } else if (!node.fresh || sentAt - node.freshSentAt > 0) {
      node.fresh = true;
      node.freshSentAt = sentAt;
    }
  }

  /** Whether each node has given that many answers as before the change. */
  synchronized boolean staleAtLeast(int answers) {
    for (Node node : nodes) {
      if (node.stale < answers) {
        return false;
      }
    }
    return true;
  }

  /** Whether each node has answered a request as after the change that was sent after a time. */
  synchronized boolean freshSince(long time) {
    for (Node node : nodes) {
      if (!node.fresh || node.freshSentAt - time < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * How late a node saw the change.
   *
   * @param on the node that made it, from 0
   * @param number the node that saw it, from 0
   * @param answered when the change was answered, or the node could know it
   * @param begin when the change was sent, or the same
   */
  synchronized Lateness lateness(Kind kind, int on, int number, long answered, long begin) {
    Node node = nodes[number];
    return new Lateness(
        kind,
        on + 1,
        number + 1,
        Math.max(0, node.staleSentAt - answered) / 1e6,
        Math.max(0, node.staleAnsweredAt - begin) / 1e6,
        node.staleStatus);
  }
}
