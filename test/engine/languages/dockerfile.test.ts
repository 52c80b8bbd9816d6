/** Dockerfiles: instructions are calls, what a shell runs is Bash. */
import { testCases } from './cases.js';

testCases('dockerfile', [
  { name: 'an image', pattern: 'FROM $IMAGE:latest', code: 'FROM a:latest AS b\nFROM a:1\nFROM a\n', lines: [1] },
  { name: 'less says less', pattern: 'FROM $IMAGE', code: 'FROM --platform=x a:1 AS b\nRUN x\n', lines: [1] },
  { name: 'keywords in any case', pattern: 'USER root', code: 'user root\nUSER app\n', lines: [1] },
  {
    name: 'a command among others',
    pattern: 'RUN ... apt-get install ...',
    code: 'RUN apt-get update && \\\n  # now\n  apt-get install -y a\nRUN apt-get update\n',
    lines: [1],
  },
  { name: 'shell code alone', pattern: 'dnf update', code: 'FROM a\nRUN x && dnf update\nCMD dnf update\n', lines: [2, 3] },
  { name: 'what comes later', pattern: 'USER root\n...\nUSER $X', code: 'USER root\nRUN a\nUSER b\n', lines: [1] },
  { name: 'arrays', pattern: 'CMD ["sh", ...]', code: 'CMD ["sh", "-c", "a"]\nCMD sh -c a\n', lines: [1] },
  { name: 'variables', pattern: 'ENV ... KEY=$V ...', code: 'ENV A=1 KEY=2\nENV A=1\nENV KEY 3\n', lines: [1, 3] },
  { name: 'labels one by one', pattern: 'LABEL $K=x', code: 'LABEL a=y b=x\nLABEL a=y\n', lines: [1] },
  { name: 'mounts', pattern: 'RUN --mount=type=secret ...', code: 'RUN --mount=target=/a,type=secret b\nRUN b\n', lines: [1] },
  { name: 'ports', pattern: 'EXPOSE 22', code: 'EXPOSE 22\nEXPOSE 80\n', lines: [1] },
]);
