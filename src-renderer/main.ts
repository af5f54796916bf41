import { mount } from 'svelte';
import App from './App.svelte';
import { connectClient } from './lib/client/connect-client.ts';
import './styles/tokens.css';
import './styles/base.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with id "app"');
mount(App, { target, props: { client: connectClient() } });
