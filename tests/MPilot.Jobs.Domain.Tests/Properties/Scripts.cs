using FsCheck;
using FsCheck.Fluent;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Tests.Jobs;

namespace MPilot.Jobs.Domain.Tests.Properties;

/// <summary>Random scripts, and the way properties are checked over them.</summary>
internal static class Scripts
{
    private const int Longest = 60;

    private static readonly Gen<Roll> Rolls =
        from kind in Gen.Choose(0, 999)
        from pick in Gen.Choose(0, 999)
        from detail in Gen.Choose(0, 999)
        from gap in Gen.Choose(0, 99)
        select new Roll(kind, pick, detail, gap);

    private static readonly Gen<Step> Steps =
        from retries in Gen.Choose(0, 3)
        from picturesPerCall in Gen.Choose(1, 4)
        from retryLost in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        from skipped in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select Sample.Step(retries, picturesPerCall, retryLost, skipped);

    private static readonly Gen<Script> All =
        from count in Gen.Choose(1, 5)
        from length in Gen.Choose(1, 4)
        from chain in Gen.ArrayOf(Steps, length).Where(steps => steps.Any(s => !s.IsSkipped))
        from told in Gen.Choose(1, Longest)
        from rolls in Gen.ArrayOf(Rolls, told)
        select new Script(count, chain, rolls);

    /// <summary>Checks a property over many scripts; a counterexample is made short before it is shown.</summary>
    public static void Check(Action<Playthrough> property)
        => Campaign.Check(Arb.From(All, Shorter), script => property(Playthrough.Of(script)));

    /// <summary>Checks a property of every single telling.</summary>
    public static void CheckEach(Action<Telling> property) => Check(p =>
    {
        foreach (var telling in p.Told)
        {
            property(telling);
        }
    });

    private static IEnumerable<Script> Shorter(Script script)
    {
        for (var cut = script.Rolls.Length / 2; cut >= 1; cut /= 2)
        {
            for (var from = 0; from + cut <= script.Rolls.Length; from += cut)
            {
                yield return script with { Rolls = [.. script.Rolls[..from], .. script.Rolls[(from + cut)..]] };
            }
        }

        if (script.Count > 1)
        {
            yield return script with { Count = script.Count - 1 };
        }
    }
}
