import { exec, execFile, execSync, spawn } from "node:child_process";
import Docker from "dockerode";

const docker = new Docker();

export async function start(image: string) {
  // ruleid: js-privileged-container
  const one = await docker.createContainer({ Image: image, HostConfig: { Privileged: true } });
  // ruleid: js-privileged-container
  const two = await docker.createContainer({ Image: image, HostConfig: { Binds: ["/var/run/docker.sock:/var/run/docker.sock"] } });
  return [one, two];
}

export function cli(image: string) {
  // ruleid: js-privileged-container
  spawn("docker", ["run", "--rm", "--privileged", image], { stdio: "inherit" });
  // ruleid: js-privileged-container
  execSync("docker run -v /var/run/docker.sock:/var/run/docker.sock agent:latest");
  // ruleid: js-privileged-container
  exec("docker run --cap-add=SYS_ADMIN app", () => {});
}

export async function good(image: string) {
  // ok: js-privileged-container
  const one = await docker.createContainer({ Image: image, HostConfig: { NetworkMode: "none", CapDrop: ["ALL"] } });
  // ok: js-privileged-container
  const two = await docker.createContainer({ Image: image, HostConfig: { Privileged: false } });
  // ok: js-privileged-container
  spawn("docker", ["run", "--rm", "--network=none", image]);
  // ok: js-privileged-container
  execFile("grep", ["--", "--privileged", "README.md"]);
  // ok: js-privileged-container
  const socket = new Docker({ socketPath: "/var/run/docker.sock" });
  // ok: js-privileged-container
  console.log("docker run --privileged is not allowed here");
  // ok: js-privileged-container
  execSync(`docker build -t ${image} .`);
  return [one, two, socket];
}
