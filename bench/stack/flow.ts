/** Where the flow finds its neighbours. */
export type Neighbours = { readonly mqttPort: number; readonly influxPort: number; readonly database: string };

export const measurement = 'reading';
export const alertTopic = 'alerts/left-home';
const home = { latitude: 24.4451, longitude: 118.0823 };
const homeRadiusM = 300;

/** What a person would type into a function node. Microseconds, so that two readings of a millisecond are two rows. */
const shape = `const { position, t, seq, ...facts } = msg.payload;
const fields = { ...facts, seq, time: t * 1000 + (seq % 1000) };
if (position) Object.assign(fields, { lat: position.lat, lon: position.lon, accuracyM: position.accuracyM });
if (position) msg.location = { lat: position.lat, lon: position.lon };
msg.payload = [fields, { device: msg.topic.split('/')[2] }];
return msg;`;

/** Several readings as one write, as the batch node wants them. */
const shapeOfMany = `msg.payload = msg.payload.map(([{ time, ...fields }, tags]) => (
  { measurement: '${measurement}', fields, tags, timestamp: time }));
return msg;`;

/**
 * The flow people would draw: MQTT in, JSON, geofence, a row in InfluxDB, an alert out for whoever is outside. With `batch`
 * above 1 so many rows (or those of a second) are written at a time, by whoever knows that this is faster. No id may be what
 * another property says (`join`): Node-RED takes that for a reference.
 */
export function flowOf({ mqttPort, influxPort, database }: Neighbours, batch: number): object[] {
  const z = 'flow';
  const broker = { id: 'broker', type: 'mqtt-broker', broker: '127.0.0.1', port: String(mqttPort), clientid: 'flow' };
  const influx = { id: 'influx', type: 'influxdb', hostname: '127.0.0.1', port: String(influxPort), protocol: 'http' };
  const settings = { protocolVersion: '4', keepalive: '60', cleansession: true, autoConnect: true, usetls: false };
  // biome-ignore format: a node a line reads as the flow does
  return [
    { id: z, type: 'tab', label: 'Telemetry' },
    { ...broker, ...settings },
    { ...influx, database, usetls: false, influxdbVersion: '1.x' },
    { id: 'in', type: 'mqtt in', z, topic: 'v1/devices/+/telemetry', qos: '1', datatype: 'json', broker: 'broker', wires: [['shape']] },
    { id: 'shape', type: 'function', z, func: shape, outputs: 1, wires: [['fence']] },
    { id: 'fence', type: 'geofence', z, name: 'Home', mode: 'circle', inside: 'both', centre: home, rad: homeRadiusM, points: [], wires: [[batch > 1 ? 'together' : 'rows', 'outside']] },
    { id: 'outside', type: 'switch', z, property: 'location.inarea', propertyType: 'msg', rules: [{ t: 'false' }], outputs: 1, wires: [['alert']] },
    { id: 'alert', type: 'mqtt out', z, topic: alertTopic, qos: '1', retain: 'false', broker: 'broker', wires: [] },
    ...(batch > 1 ? rowsTogether(z, batch) : [{ id: 'rows', type: 'influxdb out', z, influxdb: 'influx', measurement, precision: 'u', wires: [] }]),
  ];
}

function rowsTogether(z: string, batch: number): object[] {
  // biome-ignore format: a node a line reads as the flow does
  return [
    { id: 'together', type: 'join', z, mode: 'custom', build: 'array', property: 'payload', propertyType: 'msg', key: 'topic', joiner: '', joinerType: 'str', count: String(batch), timeout: '1', accumulate: false, wires: [['many']] },
    { id: 'many', type: 'function', z, func: shapeOfMany, outputs: 1, wires: [['rows']] },
    { id: 'rows', type: 'influxdb batch', z, influxdb: 'influx', precision: 'u', wires: [] },
  ];
}
