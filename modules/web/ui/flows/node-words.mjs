// What the screen of the node says, in each language.
export const nodeWords = {
  ko: {
    nodeStatus: '노드 상태',
    nodeDegraded: '노드가 동작하지만 살펴볼 것이 있습니다.',
    nodeJustStarted: '방금 시작했습니다.',
    otherNode: '다른 노드(pi-2)가 답했습니다',
    offlineAsOf: '오프라인 · '
  },
  en: {
    nodeStatus: 'Node',
    nodeDegraded: 'The node works, and there is something to look at.',
    nodeJustStarted: 'It has just started.',
    otherNode: 'Another node (pi-2) has answered',
    offlineAsOf: 'offline · '
  }
};
