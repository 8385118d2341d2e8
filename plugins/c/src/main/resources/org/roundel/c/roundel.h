/*
 * Runs nets that Roundel exported as C. SPDX-License-Identifier: Apache-2.0
 *
 * The header of a net includes this one: copy both into a firmware, include the net's in one source file, and call the
 * function that it ends with. C99 or C++11. No memory but what the caller gives; nothing is written but that; nothing is
 * called but functions of math.h, and those only by nets with an activation that needs one. All arithmetic is float.
 *
 * It says what the arrays of a net mean, and is not tuned. Images lie in the order channel, row, column.
 */
#ifndef ROUNDEL_H
#define ROUNDEL_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

/* A net's header is of the same number: that of the structures below. */
#define ROUNDEL_FORMAT 1

/* The shape of a value, an image or a row, whose height and width are 1; and where in the workspace it begins. */
typedef struct {
  uint32_t channels, height, width, place;
} roundel_value;

/* A window along one axis: pixels that it sees, from one window to the next, of padding before the image, between those seen. */
typedef struct {
  uint32_t kernel, stride, before, dilation;
} roundel_axis;

typedef struct {
  roundel_axis rows, columns;
} roundel_window;

/*
 * Weights, filter after filter. Without `packed`, they are the numbers `levels`. Else each is an index of as many bits, the
 * first in the lowest bits of the first byte, into `levels`; without `levels` index 0 is -1 and 1 is +1. The sum of a filter
 * is multiplied by its scale and its bias is added. All filters have one scale where `scale_step` is 0. No `scales` are 1, no
 * `bias` is 0.
 */
typedef struct {
  const uint8_t *packed;
  const float *levels, *scales, *bias;
  uint8_t bits, scale_step;
} roundel_weights;

typedef struct {
  roundel_weights weights;
  const roundel_window *window;
} roundel_convolution_of;

typedef struct {
  const float *scale, *shift;
} roundel_scale_shift_of;

/* What an operation works on; `also` is the second summand of a sum, else the same as `in`. */
typedef struct {
  const void *of;
  const roundel_value *in_shape, *out_shape;
  const float *in, *also;
  float *out;
} roundel_call;

/* An operation, and the values that it reads and makes. */
typedef struct {
  void (*run)(const roundel_call *call);
  const void *of;
  uint16_t in, also, out;
} roundel_step;

/* Value 0 is the image, value 1 the scores, others lie in the workspace. */
typedef struct {
  const roundel_value *values;
  const roundel_step *steps;
  uint16_t count;
} roundel_net;

static inline uint32_t roundel_plane(const roundel_value *shape) {
  return shape->height * shape->width;
}

static inline uint32_t roundel_size(const roundel_value *shape) {
  return shape->channels * roundel_plane(shape);
}

static inline float roundel_weight(const roundel_weights *weights, uint32_t element) {
  uint32_t bit, index;
  if (weights->packed == NULL) {
    return weights->levels[element];
  }
  bit = element * weights->bits;
  index = ((uint32_t)weights->packed[bit >> 3] >> (bit & 7)) & (((uint32_t)1 << weights->bits) - 1);
  if (weights->levels == NULL) {
    return index == 0 ? -1.0f : 1.0f;
  }
  return weights->levels[index];
}

static inline void roundel_finish(const roundel_weights *weights, uint32_t filter, float *sums, uint32_t count) {
  const float scale = weights->scales == NULL ? 1.0f : weights->scales[filter * weights->scale_step];
  const float bias = weights->bias == NULL ? 0.0f : weights->bias[filter];
  uint32_t i;
  for (i = 0; i < count; i++) {
    sums[i] = sums[i] * scale + bias;
  }
}

/* The outputs, from `first` to before `end`, that see a pixel of the image by one tap of their window; `pixel` is the first one's. */
typedef struct {
  uint32_t first, end, pixel;
} roundel_span;

static inline roundel_span roundel_seen(const roundel_axis *axis, uint32_t tap, uint32_t pixels, uint32_t outputs) {
  const uint32_t offset = tap * axis->dilation;
  const uint32_t reach = pixels + axis->before;
  roundel_span span = {0, 0, 0};
  if (offset < axis->before) {
    span.first = (axis->before - offset + axis->stride - 1) / axis->stride;
  }
  if (offset < reach) {
    span.end = (reach - offset - 1) / axis->stride + 1;
    span.end = span.end < outputs ? span.end : outputs;
  }
  span.pixel = span.first * axis->stride + offset - axis->before;
  return span;
}

/* Adds what one weight makes of pixels, `stride` apart, to as many sums: +1 and -1 without a product. */
static inline void roundel_add_pixels(float weight, const float *pixels, uint32_t stride, float *sums, uint32_t count) {
  uint32_t i;
  if (weight == 1.0f) {
    for (i = 0; i < count; i++) {
      sums[i] += pixels[i * stride];
    }
  } else if (weight == -1.0f) {
    for (i = 0; i < count; i++) {
      sums[i] -= pixels[i * stride];
    }
  } else if (weight != 0.0f) {
    for (i = 0; i < count; i++) {
      sums[i] += weight * pixels[i * stride];
    }
  }
}

/* Weights [filters, channels, rows, columns]: each is read once and added to all pixels of its filter. */
static inline void roundel_convolution(const roundel_call *call) {
  const roundel_convolution_of *of = (const roundel_convolution_of *)call->of;
  const roundel_value *in = call->in_shape, *out = call->out_shape;
  const roundel_axis *down = &of->window->rows, *across = &of->window->columns;
  const uint32_t taps = down->kernel * across->kernel;
  uint32_t filter, tap, channel, row, i;
  for (filter = 0; filter < out->channels; filter++) {
    float *sums = call->out + filter * roundel_plane(out);
    for (i = 0; i < roundel_plane(out); i++) {
      sums[i] = 0.0f;
    }
    for (tap = 0; tap < taps; tap++) {
      const roundel_span rows = roundel_seen(down, tap / across->kernel, in->height, out->height);
      const roundel_span columns = roundel_seen(across, tap % across->kernel, in->width, out->width);
      for (channel = 0; channel < in->channels && columns.first < columns.end; channel++) {
        const float weight = roundel_weight(&of->weights, (filter * in->channels + channel) * taps + tap);
        const float *plane = call->in + channel * roundel_plane(in);
        uint32_t pixel = rows.pixel * in->width + columns.pixel;
        for (row = rows.first; row < rows.end; row++) {
          roundel_add_pixels(weight, plane + pixel, across->stride, sums + row * out->width + columns.first,
                             columns.end - columns.first);
          pixel += down->stride * in->width;
        }
      }
    }
    roundel_finish(&of->weights, filter, sums, roundel_plane(out));
  }
}

/* Weights [outputs, inputs]. */
static inline void roundel_linear(const roundel_call *call) {
  const roundel_weights *weights = (const roundel_weights *)call->of;
  const uint32_t inputs = roundel_size(call->in_shape);
  uint32_t output, input, element = 0;
  for (output = 0; output < call->out_shape->channels; output++) {
    float sum = 0.0f;
    for (input = 0; input < inputs; input++) {
      const float weight = roundel_weight(weights, element++);
      if (weights->levels == NULL) {
        sum = weight < 0.0f ? sum - call->in[input] : sum + call->in[input];
      } else {
        sum += weight * call->in[input];
      }
    }
    roundel_finish(weights, output, &sum, 1);
    call->out[output] = sum;
  }
}

/* Batch normalisation with its statistics folded: each channel times a number plus another. */
static inline void roundel_scale_shift(const roundel_call *call) {
  const roundel_scale_shift_of *of = (const roundel_scale_shift_of *)call->of;
  const uint32_t plane = roundel_plane(call->in_shape);
  uint32_t channel, i;
  for (channel = 0; channel < call->in_shape->channels; channel++) {
    for (i = channel * plane; i < (channel + 1) * plane; i++) {
      call->out[i] = call->in[i] * of->scale[channel] + of->shift[channel];
    }
  }
}

static inline void roundel_add(const roundel_call *call) {
  const uint32_t size = roundel_size(call->in_shape);
  uint32_t i;
  for (i = 0; i < size; i++) {
    call->out[i] = call->in[i] + call->also[i];
  }
}

/* Every stride-th row and column, and channels of zeros behind those that there are. */
static inline void roundel_zero_padded_shortcut(const roundel_call *call) {
  const uint32_t stride = *(const uint32_t *)call->of;
  const uint32_t size = roundel_size(call->out_shape);
  uint32_t channel, row, column, i = 0;
  for (channel = 0; channel < call->in_shape->channels; channel++) {
    const float *pixels = call->in + channel * roundel_plane(call->in_shape);
    for (row = 0; row < call->out_shape->height; row++) {
      for (column = 0; column < call->out_shape->width; column++) {
        call->out[i++] = pixels[row * stride * call->in_shape->width + column * stride];
      }
    }
  }
  while (i < size) {
    call->out[i++] = 0.0f;
  }
}

/* The largest pixel and the sum of those that a window sees of a channel. */
typedef struct {
  float largest, sum;
  uint32_t count;
} roundel_pool;

static inline roundel_pool roundel_pool_window(const roundel_call *call, uint32_t channel, uint32_t row, uint32_t column) {
  const roundel_window *window = (const roundel_window *)call->of;
  const float *pixels = call->in + channel * roundel_plane(call->in_shape);
  roundel_pool pool = {-INFINITY, 0.0f, 0};
  uint32_t r, c;
  for (r = 0; r < window->rows.kernel; r++) {
    /* Before the image it wraps around to a number that is beyond it. */
    const uint32_t y = row * window->rows.stride + r * window->rows.dilation - window->rows.before;
    for (c = 0; c < window->columns.kernel && y < call->in_shape->height; c++) {
      const uint32_t x = column * window->columns.stride + c * window->columns.dilation - window->columns.before;
      if (x < call->in_shape->width) {
        const float pixel = pixels[y * call->in_shape->width + x];
        pool.largest = pixel > pool.largest ? pixel : pool.largest;
        pool.sum += pixel;
        pool.count++;
      }
    }
  }
  return pool;
}

/* One loop for all poolings; `divisor` is what a sum is divided by: 0 for the pixels seen. */
static inline void roundel_pool_all(const roundel_call *call, int largest, uint32_t divisor) {
  uint32_t channel, row, column, i = 0;
  for (channel = 0; channel < call->out_shape->channels; channel++) {
    for (row = 0; row < call->out_shape->height; row++) {
      for (column = 0; column < call->out_shape->width; column++) {
        const roundel_pool pool = roundel_pool_window(call, channel, row, column);
        call->out[i++] = largest ? pool.largest : pool.sum / (float)(divisor == 0 ? pool.count : divisor);
      }
    }
  }
}

static inline void roundel_max_pooling(const roundel_call *call) {
  roundel_pool_all(call, 1, 0);
}

/* The mean of the part of a window that lies in the image. */
static inline void roundel_average_pooling(const roundel_call *call) {
  roundel_pool_all(call, 0, 0);
}

/* The mean of a whole window, padding counted as zeros. */
static inline void roundel_average_pooling_with_padding(const roundel_call *call) {
  const roundel_window *window = (const roundel_window *)call->of;
  roundel_pool_all(call, 0, window->rows.kernel * window->columns.kernel);
}

/* An activation is a function of each number. */
typedef struct {
  float (*function)(float x, float alpha);
  float alpha;
} roundel_activation_of;

static inline void roundel_activation(const roundel_call *call) {
  const roundel_activation_of *of = (const roundel_activation_of *)call->of;
  const uint32_t size = roundel_size(call->in_shape);
  uint32_t i;
  for (i = 0; i < size; i++) {
    call->out[i] = of->function(call->in[i], of->alpha);
  }
}

static inline float roundel_relu(float x, float alpha) {
  return x > 0.0f ? x : alpha * x;
}

static inline float roundel_elu(float x, float alpha) {
  return x > 0.0f ? x : alpha * expm1f(x);
}

static inline float roundel_tanh(float x, float alpha) {
  (void)alpha;
  return tanhf(x);
}

static inline float roundel_sigmoid(float x, float alpha) {
  (void)alpha;
  return 1.0f / (1.0f + expf(-x));
}

/* log(1 + exp(alpha x)) / alpha, written so that nothing grows too large. */
static inline float roundel_softplus(float x, float alpha) {
  const float z = alpha * x;
  return ((z > 0.0f ? z : 0.0f) + log1pf(expf(z > 0.0f ? -z : z))) / alpha;
}

static inline float roundel_swish(float x, float alpha) {
  return x / (1.0f + expf(-alpha * x));
}

/* What a net sees of pixels from 0 to 255. */
static inline void roundel_normalise(const uint8_t *pixels, const float *means, const float *deviations,
                                     const roundel_value *shape, float *image) {
  const uint32_t plane = roundel_plane(shape);
  uint32_t channel, i;
  for (channel = 0; channel < shape->channels; channel++) {
    for (i = channel * plane; i < (channel + 1) * plane; i++) {
      image[i] = ((float)pixels[i] - means[channel]) / deviations[channel];
    }
  }
}

static inline void roundel_run(const roundel_net *net, const float *image, float *scores, float *workspace) {
  uint16_t n;
  for (n = 0; n < net->count; n++) {
    const roundel_step *step = &net->steps[n];
    roundel_call call;
    call.of = step->of;
    call.in_shape = &net->values[step->in];
    call.out_shape = &net->values[step->out];
    call.in = step->in == 0 ? image : workspace + call.in_shape->place;
    call.also = step->also == 0 ? image : workspace + net->values[step->also].place;
    call.out = step->out == 1 ? scores : workspace + call.out_shape->place;
    step->run(&call);
  }
}

/* The first one of the largest scores: the class. */
static inline uint32_t roundel_largest(const float *scores, uint32_t count) {
  uint32_t best = 0, i;
  for (i = 1; i < count; i++) {
    best = scores[i] > scores[best] ? i : best;
  }
  return best;
}

#endif
