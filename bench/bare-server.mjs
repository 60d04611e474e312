// The least an express server can take to start: what the start of the program is compared with.
import express from 'express';

express().listen(0, () => console.log('"started"'));
