/**
 * Names of MAESTRO's threats per layer, in the order of the article that introduced them. MAESTRO publishes no
 * codes: `M3.3`, the third threat of layer 3, is this project's own way to name them (`MX`: across layers).
 */
const THREATS: Readonly<Record<string, readonly string[]>> = {
  M1: [
    'Adversarial Examples',
    'Model Stealing',
    'Backdoor Attacks',
    'Membership Inference Attacks',
    'Data Poisoning (Training Phase)',
    'Reprogramming Attacks',
    'Denial of Service (DoS) Attacks',
  ],
  M2: ['Data Poisoning', 'Data Exfiltration', 'Denial of Service on Data Infrastructure', 'Data Tampering', 'Compromised RAG Pipelines'],
  M3: [
    'Compromised Framework Components',
    'Backdoor Attacks',
    'Input Validation Attacks',
    'Supply Chain Attacks',
    'Denial of Service on Framework APIs',
    'Framework Evasion',
  ],
  M4: [
    'Compromised Container Images',
    'Orchestration Attacks',
    'Infrastructure-as-Code (IaC) Manipulation',
    'Denial of Service (DoS) Attacks',
    'Resource Hijacking',
    'Lateral Movement',
  ],
  M5: [
    'Manipulation of Evaluation Metrics',
    'Compromised Observability Tools',
    'Denial of Service on Evaluation Infrastructure',
    'Evasion of Detection',
    'Data Leakage through Observability',
    'Poisoning Observability Data',
  ],
  M6: [
    'Security Agent Data Poisoning',
    'Evasion of Security AI Agents',
    'Compromised Security AI Agents',
    'Regulatory Non-Compliance by AI Security Agents',
    'Bias in Security AI Agents',
    'Lack of Explainability in Security AI Agents',
    'Model Extraction of AI Security Agents',
  ],
  M7: [
    'Compromised Agents',
    'Agent Impersonation',
    'Agent Identity Attack',
    'Agent Tool Misuse',
    'Agent Goal Manipulation',
    'Marketplace Manipulation',
    'Integration Risks',
    'Horizontal/Vertical Solution Vulnerabilities',
    'Repudiation',
    'Compromised Agent Registry',
    'Malicious Agent Discovery',
    'Agent Pricing Model Manipulation',
    'Inaccurate Agent Capability Description',
  ],
  MX: ['Supply Chain Attacks', 'Lateral Movement', 'Privilege Escalation', 'Data Leakage', 'Goal Misalignment Cascades'],
};

/** `M3.3` -> `Input Validation Attacks`; nothing for a code that is not in the table. */
export function threatName(code: string): string | undefined {
  const parts = /^(M[1-7X])\.(\d{1,2})$/.exec(code);
  return parts === null ? undefined : THREATS[parts[1] ?? '']?.[Number(parts[2]) - 1];
}
