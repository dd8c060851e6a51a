using MPilot.Jobs.Domain.Money;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Money;

public sealed class CostTests
{
    private static readonly Cost Five = new(5, "USD", Known: true);

    [Fact]
    public void Add_WhenBothAreKnown_IsKnown() => (Five + new Cost(0.0421m, "USD", Known: true)).ShouldBe(new Cost(5.0421m, "USD", Known: true));

    [Fact]
    public void Add_WhenOneIsUnknown_KeepsTheKnownPart()
    {
        var unknown = new Cost(5, "USD", Known: false);

        (Five + Cost.Unknown).ShouldBe(unknown);
        (Cost.Unknown + Five).ShouldBe(unknown);
        (Five + unknown).ShouldBe(new Cost(10, "USD", Known: false));
    }

    [Fact]
    public void Add_WhenOneIsNothing_IsTheOther()
    {
        (Five + Cost.Nothing).ShouldBe(Five);
        (Cost.Nothing + Five).ShouldBe(Five);
        (Cost.Nothing + Cost.Unknown).ShouldBe(Cost.Unknown);
    }

    [Fact]
    public void Add_WhenCurrenciesDiffer_AddsNothingUpAndSaysSo()
    {
        var euro = new Cost(3, "EUR", Known: true);

        (Five + euro).ShouldBe(new Cost(5, "USD", Known: false));
        (euro + Five).ShouldBe(new Cost(3, "EUR", Known: false));
    }

    [Fact]
    public void Add_WhenOneIsZeroOfAnotherCurrency_TakesTheOthers()
        => (new Cost(0, "EUR", Known: true) + Five).ShouldBe(Five);
}
