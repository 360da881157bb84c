/** Reports that mean harm. All of it is invented. */
export function hostile() {
  const day = '2023-03-06';
  const plain = 'وأكد وزير الداخلية سالم البحري أن الحكومة ستعلن نتائج التحقيق يوم الخميس. ونفى المتحدث باسم الوزارة هذه الأنباء.';
  const script = '<script>window.broken = true</script><img src=x onerror="window.broken = true">';
  const given = ['سالم', 'نادر', 'ماجد', 'حسان', 'زياد', 'طارق', 'وليد', 'رامي', 'باسم', 'جابر'];
  const letters = [...'بتثجحخدرزسشصضطعغفقكلمنهي'];
  const names = Array.from({ length: 2_000 }, (_, i) => {
    const a = letters[i % 24];
    const b = letters[Math.floor(i / 24) % 24];
    const c = letters[Math.floor(i / 576) % 24];
    return `${given[i % 10]} ${a}ا${b}و${c}ي`;
  });
  return [
    {
      id: 'script',
      url: `javascript:window.broken=true//${script}`,
      outlet: `صحيفة ${script}`,
      published: day,
      title: `وزير الخارجية ${script} يزور مسقط`,
      text: `قال وزير الخارجية نادر ${script} إن المحادثات "ستستمر ${script} حتى الغد".\nوالتقى الوزير نظيره سالم ${script} في مسقط يوم الاثنين.\n${plain}\n${plain}`,
    },
    {
      id: 'bidi',
      url: 'https://bidi.example/1',
      outlet: 'صحيفة \u202eevil\u202c',
      published: day,
      title: 'وزير \u202eالخارجية\u2066 يقول \u2067شيئا\u202d',
      text: 'قال الوزير نادر الخضراوي\u202e\u202e\u202e إن "المحادثات \u2066\u2066\u2067 مستمرة".\nوأكد سالم البحري \u202d\u202e أن \u200f\u200e\u061c اللقاء تأجل إلى الغد.',
    },
    {
      id: 'line',
      url: 'https://line.example/1',
      outlet: 'صحيفة السطر',
      published: day,
      title: 'سطر واحد',
      // Two megabytes in one line; long words, so that reading it takes no longer than it must.
      text: `قال الوزير إن المحادثات مستمرة ${'بتثجح'.repeat(24)}. `.repeat(7_000),
    },
    {
      id: 'names',
      url: 'https://names.example/1',
      outlet: 'صحيفة الأسماء',
      published: day,
      title: 'أسماء',
      text: names.map((name) => `وصل ${name}.`).join('\n'),
    },
    { id: 'word', url: 'https://word.example/1', outlet: 'و'.repeat(5_000), published: day, title: 'كلمة'.repeat(3_000), text: `قال الوزير إن ${'كلمة'.repeat(20_000)} مستمرة.` },
    { id: 'astral', url: 'https://astral.example/1', outlet: 'صحيفة 😀', published: day, title: '😀😀 وزير الخارجية يزور مسقط 𞸀', text: '😀😀😀 قال وزير الخارجية نادر الخضراوي إن "المحادثات 😀 مستمرة".' },
  ];
}
