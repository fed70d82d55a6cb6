// The map. Without this script, or without WebGL, the drawn map under it stays. It asks this server for events and
// outlines and nobody else for anything.
import { Map as Globe, NavigationControl, setWorkerUrl } from "/static/vendor/maplibre-gl.mjs";

setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");
const holder = document.getElementById("globe");
const panel = document.getElementById("at-place");
const slide = document.getElementById("slide");
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const DAY = 86400000;
const day = (words) => Math.round(Date.parse(words + "T00:00:00Z") / DAY);
const words = (number) => new Date(number * DAY).toISOString().slice(0, 10);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const empty = { type: "FeatureCollection", features: [] };

function circle([lon, lat], km) {
  const ring = [];
  const squeeze = Math.max(Math.cos(lat * Math.PI / 180), 0.1);
  for (let step = 0; step <= 48; step++) {
    const turn = step / 48 * 2 * Math.PI;
    ring.push([lon + km / 111.2 / squeeze * Math.cos(turn), Math.max(-85, Math.min(85, lat + km / 111.2 * Math.sin(turn)))]);
  }
  return { type: "Polygon", coordinates: [ring] };
}

// Events of one place together.
function placed(events) {
  const places = new Map();
  for (const event of events) {
    if (!places.has(event.key)) places.set(event.key, { ...event, events: [] });
    places.get(event.key).events.push(event);
  }
  return [...places.values()].sort((a, b) => b.events.length - a.events.length);
}

function features(places) {
  const points = places.map((place) => ({
    type: "Feature", geometry: { type: "Point", coordinates: place.at },
    properties: { key: place.key, name: place.place, count: place.events.length, whole: place.whole, label: place.events.length > 1 ? `${place.place} ${place.events.length}` : place.place },
  }));
  const doubts = places.filter((place) => !place.whole && place.km > 1).map((place) => ({
    type: "Feature", geometry: circle(place.at, place.km), properties: { key: place.key },
  }));
  return [{ type: "FeatureCollection", features: points }, { type: "FeatureCollection", features: doubts }];
}

function style() {
  const kind = (name) => ["==", ["get", "kind"], name];
  const text = { "text-color": colour("ink"), "text-halo-color": colour("land"), "text-halo-width": 1.6 };
  const size = ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 5, 12, 20];
  return {
    version: 8,
    sources: {
      outlines: { type: "geojson", data: "/outlines.json", attribution: "Natural Earth" },
      doubts: { type: "geojson", data: empty },
      places: { type: "geojson", data: empty },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
      { id: "land", type: "fill", source: "outlines", filter: kind("land"), paint: { "fill-color": colour("land") } },
      { id: "border", type: "line", source: "outlines", filter: kind("border"), paint: { "line-color": colour("border"), "line-width": 0.8 } },
      { id: "disputed", type: "line", source: "outlines", filter: kind("disputed"), paint: { "line-color": colour("disputed"), "line-width": 1.2, "line-dasharray": [4, 3] } },
      { id: "doubt", type: "fill", source: "doubts", paint: { "fill-color": colour("events"), "fill-opacity": 0.09 } },
      { id: "doubt-edge", type: "line", source: "doubts", paint: { "line-color": colour("events"), "line-width": 1, "line-dasharray": [3, 3], "line-opacity": 0.7 } },
      { id: "whole", type: "circle", source: "places", filter: ["get", "whole"], paint: { "circle-radius": size, "circle-color": colour("panel"), "circle-opacity": 0.35, "circle-stroke-color": colour("events"), "circle-stroke-width": 1.5 } },
      { id: "spot", type: "circle", source: "places", filter: ["!", ["get", "whole"]], paint: { "circle-radius": size, "circle-color": colour("events"), "circle-opacity": 0.8, "circle-stroke-color": colour("panel"), "circle-stroke-width": 1.5 } },
      { id: "label", type: "symbol", source: "places", layout: { "text-field": ["get", "label"], "text-size": 12, "text-anchor": "left", "text-offset": [1, 0], "text-font": ["sans-serif"], "symbol-sort-key": ["-", 0, ["get", "count"]] }, paint: text },
    ],
  };
}

function tell(place) {
  panel.replaceChildren();
  const head = document.createElement("p");
  const link = document.createElement("a");
  link.href = "/place?" + new URLSearchParams({ key: place.key });
  link.textContent = place.place;
  const strong = document.createElement("strong");
  strong.append(link);
  head.append(strong, ` ${place.events.length} event${place.events.length === 1 ? "" : "s"}${place.whole ? ", somewhere in it" : place.km > 1 ? `, within ${Math.round(place.km)} km` : ""}`);
  const list = document.createElement("ul");
  for (const event of place.events.slice(0, 12)) {
    const row = document.createElement("li");
    const to = document.createElement("a");
    to.href = "/event/" + encodeURIComponent(event.id);
    to.textContent = event.words;
    row.append(to, event.first ? ` ${event.first}` : "");
    list.append(row);
  }
  panel.append(head, list);
  panel.hidden = false;
}

function sliding(events, show) {
  const days = events.filter((one) => one.first).map((one) => day(one.first)).sort((a, b) => a - b);
  if (days.length < 2 || days[0] === days[days.length - 1]) return;
  const cut = Math.floor(days.length / 50);
  const low = days[cut], high = days[days.length - 1 - cut];
  if (low === high) return;
  const [from, to] = [slide.querySelector("#slide-from"), slide.querySelector("#slide-to")];
  for (const box of [from, to]) { box.min = low; box.max = high; box.step = 1; }
  from.value = low; to.value = high;
  slide.hidden = false;
  const told = slide.querySelector("#slide-days");
  const move = (event) => {
    if (+from.value > +to.value) (event && event.target === from ? to : from).value = (event ? event.target : to).value;
    const [first, last] = [+from.value, +to.value];
    const every = first === low && last === high;
    told.value = every ? "all days" : `${words(first)} to ${words(last)}`;
    show(every ? events : events.filter((one) => one.first && day(one.last || one.first) >= first && day(one.first) <= last));
  };
  slide.addEventListener("input", move);
  slide.addEventListener("submit", (event) => event.preventDefault());
  move();
}

async function begin() {
  const answer = await fetch(holder.dataset.from);
  if (!answer.ok) return;
  const { events } = await answer.json();
  if (!events.length) return;
  holder.hidden = false;
  let places = placed(events);
  const near = places.filter((place) => !place.whole);
  const seen = (near.length ? near : places).slice(0, 60).map((place) => place.at);
  const lons = seen.map((at) => at[0]), lats = seen.map((at) => at[1]);
  let globe;
  try {
    globe = new Globe({
      container: holder, style: style(), maxZoom: 12, renderWorldCopies: true, dragRotate: false, pitchWithRotate: false,
      attributionControl: { compact: true, customAttribution: [] },
      bounds: [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]], fitBoundsOptions: { padding: 60, maxZoom: 6 },
    });
  } catch (error) {
    holder.hidden = true;  // no WebGL here: the drawn map stays
    return;
  }
  globe.touchZoomRotate.disableRotation();
  globe.addControl(new NavigationControl({ showCompass: false }));
  const show = (some) => {
    places = placed(some);
    const [points, doubts] = features(places);
    globe.getSource("places").setData(points);
    globe.getSource("doubts").setData(doubts);
  };
  globe.once("load", () => {
    document.getElementById("drawn").hidden = true;
    show(events);
    sliding(events, show);
    holder.dataset.ready = "1";
  });
  dark.addEventListener("change", () => { globe.setStyle(style()); globe.once("styledata", () => show(events)); });
  globe.on("click", (event) => {
    const [hit] = globe.queryRenderedFeatures(event.point, { layers: ["spot", "whole", "label"] });
    const place = hit && places.find((one) => one.key === hit.properties.key);
    if (place) tell(place);
  });
  for (const layer of ["spot", "whole", "label"]) {
    globe.on("mouseenter", layer, () => { globe.getCanvas().style.cursor = "pointer"; });
    globe.on("mouseleave", layer, () => { globe.getCanvas().style.cursor = ""; });
  }
}

if (holder) begin();
