import type { Map as GlMap } from 'maplibre-gl';

const sizePx = 48;
const pixelRatio = 2;

type Colours = (name: string) => string;
type Draw = (pen: CanvasRenderingContext2D) => void;

const corners: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  P1: [
    [8, 1],
    [16, 1],
    [23, 8],
    [23, 16],
    [16, 23],
    [8, 23],
    [1, 16],
    [1, 8],
  ],
  P2: [
    [12, 2],
    [23, 22],
    [1, 22],
  ],
  P4: [
    [2, 2],
    [22, 2],
    [22, 22],
    [2, 22],
  ],
  P5: [
    [2, 9],
    [22, 9],
    [22, 15],
    [2, 15],
  ],
  home: [
    [12, 2],
    [22, 11],
    [22, 21],
    [2, 21],
    [2, 11],
  ],
  responder: [
    [12, 1],
    [22, 12],
    [12, 23],
    [2, 12],
  ],
  device: [
    [6, 6],
    [18, 6],
    [18, 18],
    [6, 18],
  ],
};
const colourOf: Readonly<Record<string, string>> = {
  P1: '--P1',
  P2: '--P2',
  P3: '--P3',
  P4: '--P4',
  P5: '--P5',
  home: '--soft',
  responder: '--well',
  device: '--soft',
  person: '--accent',
  place: '--ink',
};

/** Draws each sign when the map first needs it: a shape by its name, a cluster as `cluster/{gravest}/{count}`. */
export function drawSignsOn(map: GlMap, colour: Colours): void {
  map.setMissingStyleImageResolver((id) => {
    if (map.hasImage(id)) return;
    const [kind = '', gravest = '', count = ''] = id.split('/');
    const draw = kind === 'cluster' ? clusterSign(gravest, count, colour) : sign(kind, colour);
    map.addImage(id, picture(draw), { pixelRatio });
  });
}

/** One for all: a new canvas costs more than what is drawn on it. */
let shared: CanvasRenderingContext2D | undefined;

function picture(draw: Draw): ImageData {
  shared ??= newPen();
  shared.clearRect(-1, -1, 26, 26);
  draw(shared);
  return shared.getImageData(0, 0, sizePx, sizePx);
}

function newPen(): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = sizePx;
  canvas.height = sizePx;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('this browser draws on no canvas');
  pen.scale(sizePx / 26, sizePx / 26);
  pen.translate(1, 1);
  return pen;
}

function sign(name: string, colour: Colours): Draw {
  return (pen) => {
    outline(pen, name);
    fill(pen, colour(colourOf[name] ?? '--ink'), colour('--paper'));
  };
}

function outline(pen: CanvasRenderingContext2D, name: string): void {
  pen.beginPath();
  const path = corners[name];
  if (path === undefined) pen.arc(12, 12, name === 'P3' ? 11 : 8, 0, 2 * Math.PI);
  else for (const [x, y] of path) pen.lineTo(x, y);
  pen.closePath();
}

/** Emergencies are as red together as alone. Others: a calm circle, and round it the colour of the gravest among them. */
function clusterSign(gravest: string, count: string, colour: Colours): Draw {
  if (gravest === '1')
    return (pen) => {
      outline(pen, 'P1');
      fill(pen, colour('--P1'), colour('--paper'));
      number(pen, count, colour('--on-severity'));
    };
  return (pen) => {
    pen.beginPath();
    pen.arc(12, 12, 10.5, 0, 2 * Math.PI);
    fill(pen, colour('--paper'), colour(gravest === '9' ? '--soft' : `--P${gravest}`));
    number(pen, count, colour('--ink'));
  };
}

function number(pen: CanvasRenderingContext2D, count: string, colour: string): void {
  pen.fillStyle = colour;
  pen.font = `700 ${count.length > 3 ? 8 : count.length === 3 ? 9.5 : 12}px sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(count, 12, 12.5);
}

function fill(pen: CanvasRenderingContext2D, inside: string, edge: string): void {
  pen.fillStyle = inside;
  pen.strokeStyle = edge;
  pen.lineWidth = 2;
  pen.fill();
  pen.stroke();
}
