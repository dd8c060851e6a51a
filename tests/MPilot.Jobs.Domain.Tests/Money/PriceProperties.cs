using System.Numerics;

using FsCheck;
using FsCheck.Fluent;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Domain.Tests.Properties;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Money;

/// <summary>What holds for costs whatever the prices are and whatever came of a call.</summary>
public sealed class PriceProperties
{
    private static readonly Gen<int?> Prices = Gen.Frequency((1, Gen.Constant((int?)null)), (1, Gen.Constant((int?)0)), (4, Gen.Choose(1, 1_000_000).Select(p => (int?)p)));

    private static readonly Gen<(int Size, int Quality, int Price)> Images =
        from size in Gen.Choose(0, 3)
        from quality in Gen.Choose(0, 2)
        from price in Gen.Choose(0, 20_000)
        select (size, quality, price);

    private static readonly Arbitrary<PriceCase> Cases = Arb.From(
        from prices in Gen.ArrayOf(Prices, 8)
        from rows in Gen.Choose(0, 4)
        from images in Gen.ArrayOf(Images, rows)
        from tokens in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Choose(1, PriceCase.MostTokens))), 4)
        from count in Gen.Choose(1, 4)
        from sizes in Gen.ArrayOf(Gen.Choose(1, 3), count)
        from quality in Gen.Choose(1, 2)
        from steps in Gen.Choose(1, PriceCase.MostSteps)
        from seconds in Gen.Choose(0, 600)
        select new PriceCase(prices, images, tokens, sizes, quality, steps, seconds));

    private static readonly Arbitrary<Cost[]> Costs = Arb.From(Gen.ArrayOf(
        from amount in Gen.Choose(0, 100_000)
        from known in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        select new Cost(amount / 10_000m, "USD", known),
        3));

    [Fact]
    public void Of_WhenAllIsTold_AgreesWithWholeNumbersToTheLastDigit() => Campaign.Check(Cases, c =>
    {
        var (millionths, known) = Naive(c);

        c.Cost.ShouldBe(new Cost((decimal)millionths / 10_000 / 1_000_000, "USD", known));
    });

    [Fact]
    public void Of_WhenLessIsTold_IsNeverMoreNorBetterKnown() => Campaign.Check(Cases, c =>
    {
        AttemptOutcome.Succeeded[] lessTold = [c.Outcome with { Usage = null }, c.Outcome with { Quality = null }, c.Outcome with { Pictures = c.Outcome.Pictures[1..] }];
        foreach (var outcome in lessTold)
        {
            var cost = c.CostOf(c.Row, c.Call with { Quality = null }, outcome);
            cost.Amount.ShouldBeLessThanOrEqualTo(c.Cost.Amount);
            (cost.Known && !c.Cost.Known && outcome.Usage is not null && outcome.Pictures.Length == c.Sizes.Length).ShouldBeFalse();
            (cost.Known && cost.Amount != c.Cost.Amount).ShouldBeFalse();
        }
    });

    [Fact]
    public void Of_WhenEveryPriceIsTripled_IsTripled() => Campaign.Check(Cases, c =>
    {
        var dearer = c with { Prices = [.. c.Prices.Select(p => p * 3)], Images = [.. c.Images.Select(i => (i.Size, i.Quality, i.Price * 3))] };

        dearer.Cost.ShouldBe(c.Cost with { Amount = c.Cost.Amount * 3 });
    });

    [Fact]
    public void Bound_WhereThereIsOne_IsNeverOvershot() => Campaign.Check(Cases, c =>
    {
        CallFacts[] told = [c.Call, c.Call with { Quality = null }, c.Call with { InferenceSteps = null }];
        foreach (var bound in told.Select(call => PriceBound.Of(c.Row, call)).OfType<Cost>())
        {
            bound.Known.ShouldBeTrue();
            c.Cost.Amount.ShouldBeLessThanOrEqualTo(bound.Amount);
        }
    });

    [Fact]
    public void Bound_WhereThereIsOne_GrowsWithThePictures() => Campaign.Check(Cases, c =>
    {
        if (PriceBound.Of(c.Row, c.Call) is { } bound)
        {
            PriceBound.Of(c.Row, c.Call with { Pictures = c.Call.Pictures + 1 })!.Amount.ShouldBeGreaterThanOrEqualTo(bound.Amount);
        }
    });

    [Fact]
    public void Add_InOneCurrency_KnowsNoOrderAndIsKnownOnlyIfAllIs() => Campaign.Check(Costs, costs =>
    {
        var (a, b, c) = (costs[0], costs[1], costs[2]);

        (a + b).ShouldBe(b + a);
        (a + b + c).ShouldBe(a + (b + c));
        (a + b + c).ShouldBe(new Cost(a.Amount + b.Amount + c.Amount, "USD", a.Known && b.Known && c.Known));
    });

    /// <summary>The same by whole numbers, in millionths of hundredths of a cent.</summary>
    private static (BigInteger Amount, bool Known) Naive(PriceCase c)
    {
        var p = c.Prices;
        var sum = (BigInteger)(p[0] ?? 0) * 1_000_000;
        var known = true;
        for (var kind = 0; kind < 4; kind++)
        {
            sum += (BigInteger)(p[kind + 1] ?? 0) * c.Tokens[kind];
            known &= p[kind + 1] is not null || c.Tokens[kind] == 0;
        }

        known |= p[1..5].All(price => price is null);
        foreach (var size in c.Sizes)
        {
            sum += (BigInteger)(p[5] ?? 0) * PriceCase.Area(size);
            var row = c.Images.Where(i => (i.Size == 0 || i.Size == size) && (i.Quality == 0 || i.Quality == c.Quality)).Select(i => (int?)i.Price).FirstOrDefault();
            sum += (BigInteger)(row ?? 0) * 1_000_000;
            known &= row is not null || c.Images.Length == 0;
        }

        sum += (BigInteger)(p[6] ?? 0) * 1_000_000 * c.Steps * c.Sizes.Length;
        sum += (BigInteger)(p[7] ?? 0) * 1_000_000 * c.Seconds;
        return (sum, known || sum == 0 && p.All(price => price is null or 0) && c.Images.All(i => i.Price == 0));
    }
}
