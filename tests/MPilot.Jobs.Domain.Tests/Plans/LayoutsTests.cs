using FsCheck;
using FsCheck.Fluent;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Plans;

public sealed class LayoutsTests
{
    [Fact]
    public void Filled_WhenProportionsDiffer_CutsTheSourceAndPadsWhatIsSent()
        => Layouts.Filled(new(1000, 1000), new(800, 400), new(1024, 1024))
            .ShouldBe(new(new(0, 250, 1000, 500), new(800, 400), new(0, 0, 800, 400), new(1024, 1024), new(0, 256, 1024, 512)));

    [Fact]
    public void Extended_WhenTheSourceDoesNotFit_ScalesItDown()
        => Layouts.Extended(new(1000, 2000), new(3000, 1000), new(1536, 512)).Place.ShouldBe(new(1250, 0, 500, 1000));

    [Fact]
    public void IsIdentity_WhenEverythingHasTheSourcesSize_IsTrueOnlyThen()
    {
        Layouts.IsIdentity(Layouts.Filled(new(64, 48), new(64, 48), new(64, 48)), new(64, 48)).ShouldBeTrue();
        Layouts.IsIdentity(Layouts.Filled(new(64, 48), new(64, 48), new(128, 96)), new(64, 48)).ShouldBeFalse();
        Layouts.IsIdentity(Layouts.Extended(new(64, 48), new(66, 48), new(66, 48)), new(64, 48)).ShouldBeFalse();
    }

    [Fact]
    public void Layouts_WhateverTheSizes_LieWithinTheirFrames()
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(
                Gen.Choose(1, 5000).Two().Three().ToArbitrary(),
                sides =>
                {
                    var (source, answer, sent) = (Size(sides.Item1), Size(sides.Item2), Size(sides.Item3));
                    return LiesRight(Layouts.Filled(source, answer, sent), source) && LiesRight(Layouts.Extended(source, answer, sent), source);
                }));

    private static PictureSize Size((int Width, int Height) sides) => new(sides.Width, sides.Height);

    private static bool LiesRight(Layout layout, PictureSize source)
        => IsWithin(layout.Crop, source) && IsWithin(layout.Place, layout.Answer) && IsWithin(layout.Window, layout.Sent);

    private static bool IsWithin(PictureArea area, PictureSize frame)
        => area is { Left: >= 0, Top: >= 0, Width: >= 1, Height: >= 1 } && area.Left + area.Width <= frame.Width && area.Top + area.Height <= frame.Height;
}
