export const readConfig = () => ({ model: process.env.MODEL ?? 'gpt-4o' });
