using FsCheck;
using FsCheck.Fluent;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Plans;

public sealed class ModelSizesTests
{
    private static readonly ModelSizes.Ruled Free = new(Multiple: 16, MaxSide: 3840, MaxRatio: 3, MinPixels: 655_360, MaxPixels: 8_294_400);

    [Theory]
    [InlineData("1024x1024", "1024x1024")]
    [InlineData("512x512", "816x816")]
    [InlineData("1200x800", "1200x800")]
    [InlineData("1201x800", "1200x800")]
    [InlineData("8000x6000", "3312x2480")]
    [InlineData("3000x300", "2976x992")]
    public void Nearest_WhenSizesAreRuled_StaysWithinTheRules(string wanted, string nearest)
    {
        PictureSize.TryParse(wanted, out var size).ShouldBeTrue();
        Free.Nearest(size, size).ToString().ShouldBe(nearest);
    }

    [Fact]
    public void Nearest_WhateverIsWanted_IsMadeAndHasNearlyItsProportions()
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(
                Gen.Choose(1, 9000).Two().ToArbitrary(),
                pair =>
                {
                    var wanted = new PictureSize(pair.Item1, pair.Item2);
                    var made = Free.Nearest(wanted, wanted);
                    var ratio = Math.Clamp((double)wanted.Width / wanted.Height, 1.0 / 3, 3);
                    return Free.Makes(made, wanted) && Math.Abs(Math.Log((double)made.Width / made.Height / ratio)) < 0.02;
                }));

    [Fact]
    public void Nearest_WhenTheSizeIsKept_IsThePictures()
        => new ModelSizes.Kept().Nearest(new(10, 10), new(33, 44)).ShouldBe(new PictureSize(33, 44));

    [Theory]
    [InlineData(1000, 1000, 1024, 1024)]
    [InlineData(1920, 1080, 1344, 768)]
    [InlineData(100, 4000, 768, 1344)]
    public void Nearest_WhenOnlyProportionsAreTold_HasTheNearestOnes(int width, int height, int nearWidth, int nearHeight)
    {
        var near = new ModelSizes.Near([new(1024, 1024), new(1344, 768), new(768, 1344)]);

        near.Nearest(new(width, height), new(7, 7)).ShouldBe(new PictureSize(nearWidth, nearHeight));
        near.Makes(new(1024, 1024), new(1024, 1024)).ShouldBeFalse();
    }

    [Fact]
    public void Nearest_WhenNothingCanBeTold_IsThePictures()
    {
        var near = new ModelSizes.Near([]);

        near.Nearest(new(10, 10), new(33, 44)).ShouldBe(new PictureSize(33, 44));
        near.IsAsked.ShouldBeFalse();
    }
}
