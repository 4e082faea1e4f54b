/** How Teams draws a card, as far as its documentation and its published colours tell: enough to judge ours by, not Teams itself. */
export interface TeamsLook {
  readonly name: 'light' | 'dark';
  readonly page: string;
  readonly card: string;
  readonly text: string;
  readonly border: string;
  readonly button: string;
  readonly hostConfig: object;
}

interface Colours {
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
}

const family = "'Segoe UI', 'Liberation Sans', sans-serif";
const sizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
const weights = { lighter: 200, default: 400, bolder: 600 };
const fontType = { fontFamily: family, fontSizes: sizes, fontWeights: weights };

function foreground(colours: Colours): object {
  const both = (colour: string, subtle = colour) => ({ default: colour, subtle });
  return {
    default: both(colours.text, colours.subtle),
    dark: both('#000000'),
    light: both('#FFFFFF'),
    accent: both(colours.accent),
    good: both(colours.good),
    warning: both(colours.warning),
    attention: both(colours.attention),
  };
}

function hostConfig(colours: Colours, line: string, backgrounds: Readonly<Record<string, string>>): object {
  const styles = Object.entries(backgrounds).map(([name, backgroundColor]) => [
    name,
    { backgroundColor, foregroundColors: foreground(colours) },
  ]);
  return {
    supportsInteractivity: true,
    fontTypes: { default: fontType, monospace: { ...fontType, fontFamily: 'monospace' } },
    textStyles: { heading: { size: 'large', weight: 'bolder', color: 'default' } },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: line },
    containerStyles: Object.fromEntries(styles),
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    factSet: { title: { weight: 'bolder', wrap: true }, value: { wrap: true }, spacing: 16 },
    inputs: {
      label: { requiredInputs: { weight: 'bolder' }, optionalInputs: { weight: 'bolder' } },
      errorMessage: { color: 'attention' },
    },
  };
}

const light: Colours = {
  text: '#242424',
  subtle: '#616161',
  accent: '#5B5FC7',
  good: '#92C353',
  warning: '#F8D22A',
  attention: '#C4314B',
};
const dark: Colours = {
  text: '#FFFFFF',
  subtle: '#ADADAD',
  accent: '#9299F7',
  good: '#92C353',
  warning: '#F8D22A',
  attention: '#F9526B',
};

export const looks: readonly TeamsLook[] = [
  {
    name: 'light',
    page: '#F5F5F5',
    card: '#FFFFFF',
    text: '#242424',
    border: '#D1D1D1',
    button: '#FFFFFF',
    hostConfig: hostConfig(light, '#E0E0E0', {
      default: '#FFFFFF',
      emphasis: '#F5F5F5',
      accent: '#E8EBFA',
      good: '#E7F2DA',
      warning: '#FBF6D9',
      attention: '#FCE4E8',
    }),
  },
  {
    name: 'dark',
    page: '#1F1F1F',
    card: '#292929',
    text: '#FFFFFF',
    border: '#666666',
    button: '#3D3D3D',
    hostConfig: hostConfig(dark, '#525252', {
      default: '#292929',
      emphasis: '#1F1F1F',
      accent: '#2F2F4A',
      good: '#1E3A1E',
      warning: '#463100',
      attention: '#3D1A22',
    }),
  },
];
